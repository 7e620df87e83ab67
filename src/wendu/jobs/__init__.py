"""Machine work: Job rows with arguments, progress, cancel and attempts, over the queue library."""
