/** Names the compiled suites to run, as a JSON list of absolute paths. */
export const HOST_SUITES = "IOASID_HOST_SUITES";

/** Names the file for the report. */
export const REPORT_FILE = "IOASID_HOST_REPORT";
