"""The project. One thread for linear algebra: our arrays are small, and our workers many."""

import os

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # read when numpy is first imported
