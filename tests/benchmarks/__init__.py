"""Tests of the benchmarks: that they work, never how fast anything is."""
