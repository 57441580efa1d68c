/** P001 to P030: conflicts between devices, PASIDs, spaces and owners (the conflict catalogue). */
export {};
