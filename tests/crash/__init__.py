"""Real processes, ended by SIGKILL at named points and started again."""
