/** Features of the client that the server never offers: each is a file of the package. */
export const LEFT_OUT = [
  "callHierarchy",
  "colorProvider",
  "declaration",
  "implementation",
  "inlineCompletion",
  "inlineValue",
  "notebook",
  "signatureHelp",
  "textDocumentContent",
  "typeHierarchy",
];
