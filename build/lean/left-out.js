/**
 * Features of the client that the server never offers, by the file of the package that each is, with the
 * capability by which a server would offer it. A test holds this to what the server says.
 */
const FEATURES = {
  colorProvider: "colorProvider",
  declaration: "declarationProvider",
  implementation: "implementationProvider",
  inlineCompletion: "inlineCompletionProvider",
  inlineValue: "inlineValueProvider",
  notebook: "notebookDocumentSync",
  signatureHelp: "signatureHelpProvider",
  textDocumentContent: "textDocumentContent",
  typeHierarchy: "typeHierarchyProvider",
};

export const LEFT_OUT = Object.keys(FEATURES);

/** What the server must not offer. */
export const NOT_OFFERED = Object.values(FEATURES);
