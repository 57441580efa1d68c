/** U001 to U093: what a call refuses for a reason that is no conflict of PASIDs, and findings of a run. */
export {};
