import * as vscode from "vscode";
import { FixtureDebugger } from "./debugger.js";
import { createTests } from "./tests.js";
import { showPanel } from "./webview.js";
import { WordTree } from "./words.js";

const LANGUAGE = "fixture";
const MISTAKE = /\bwrnog\b/g;

/** Marks the word `wrnog`, corrects it, tells the length of each line, and shows one thing of each other kind. */
export function activate(context: vscode.ExtensionContext): void {
  const mistakes = vscode.languages.createDiagnosticCollection(LANGUAGE);
  const words = new WordTree();
  const check = (document: vscode.TextDocument) => {
    if (document.languageId !== LANGUAGE) return;
    mistakes.set(document.uri, findMistakes(document));
    words.show(document.getText());
  };
  const status = vscode.window.createStatusBarItem("fixture.status", vscode.StatusBarAlignment.Left);
  status.text = "$(beaker) fixture ready";
  status.show();

  context.subscriptions.push(
    mistakes,
    status,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.window.registerTreeDataProvider("fixture.words", words),
    vscode.languages.registerInlayHintsProvider(LANGUAGE, { provideInlayHints: lengthOfLines }),
    vscode.languages.registerCodeActionsProvider(LANGUAGE, { provideCodeActions: corrections }),
    vscode.languages.registerCodeLensProvider(LANGUAGE, { provideCodeLenses: panelLens }),
    vscode.languages.registerHoverProvider(LANGUAGE, { provideHover: wordInWords }),
    vscode.languages.registerCompletionItemProvider(LANGUAGE, { provideCompletionItems: firstWord }),
    vscode.commands.registerCommand("fixture.greet", greet),
    vscode.commands.registerCommand("fixture.showPanel", showPanel),
    vscode.debug.registerDebugAdapterDescriptorFactory(LANGUAGE, {
      createDebugAdapterDescriptor: ({ configuration }) =>
        new vscode.DebugAdapterInlineImplementation(new FixtureDebugger(String(configuration.program))),
    }),
    vscode.debug.registerDebugConfigurationProvider(LANGUAGE, {
      resolveDebugConfiguration: () => ({
        type: LANGUAGE,
        name: "Fixture",
        request: "launch",
        program: vscode.window.activeTextEditor?.document.uri.fsPath,
      }),
    }),
    createTests(),
  );
  for (const document of vscode.workspace.textDocuments) check(document);
}

function findMistakes(document: vscode.TextDocument): vscode.Diagnostic[] {
  return [...document.getText().matchAll(MISTAKE)].map(({ index, 0: word }) => {
    const range = new vscode.Range(document.positionAt(index), document.positionAt(index + word.length));
    return new vscode.Diagnostic(range, "This word is wrong.", vscode.DiagnosticSeverity.Error);
  });
}

function lengthOfLines(document: vscode.TextDocument): vscode.InlayHint[] {
  return Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).range.end)
    .filter(({ character }) => character > 0)
    .map((end) => new vscode.InlayHint(end, ` ${end.character} long`));
}

function corrections(
  document: vscode.TextDocument,
  _range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  return diagnostics.map(({ range }) => {
    const action = new vscode.CodeAction("Write it right", vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, range, "right");
    return action;
  });
}

function wordInWords(document: vscode.TextDocument, position: vscode.Position): vscode.Hover {
  return new vscode.Hover(`The word ${document.getText(document.getWordRangeAtPosition(position))}`);
}

function firstWord(document: vscode.TextDocument): vscode.CompletionItem[] {
  return [new vscode.CompletionItem(document.lineAt(0).text.split(" ")[0] ?? "")];
}

function panelLens(): vscode.CodeLens[] {
  const command = { title: "show panel", command: "fixture.showPanel" };
  return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
}

async function greet(): Promise<void> {
  const answer = await vscode.window.showInformationMessage("Good day.", "Answer");
  if (answer === "Answer") await vscode.window.showWarningMessage("Thank you.");
}
