"""Savings 共建储蓄: time given to neighbours, credited on the other side's word alone."""
