/** Names the compiled suites to run, as a JSON list of absolute paths. */
export const HOST_SUITES = "IOASID_HOST_SUITES";

/** Names the file for the report. */
export const HOST_REPORT = "IOASID_HOST_REPORT";

/** Names the extension under test, as `publisher.name`. */
export const HOST_EXTENSION = "IOASID_HOST_EXTENSION";
