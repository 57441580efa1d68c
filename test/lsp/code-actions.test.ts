import assert from "node:assert/strict";
import {
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  FileChangeType,
  type Range,
} from "vscode-languageserver-protocol";
import type { Marked } from "../helpers/cursor.js";
import { edited } from "./edited.js";
import { InProcess } from "./in-process.js";
import { positionAt, Session } from "./session.js";

const FOLDER = "file:///work";

const LITERALS = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };

/** What an editor of today can do. */
const MODERN: ClientCapabilities = {
  textDocument: { codeAction: { ...LITERALS, dataSupport: true, resolveSupport: { properties: ["edit"] } } },
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ["create"], snippetEditSupport: true },
  },
};

/** The least that has use for actions. */
const PLAIN: ClientCapabilities = { textDocument: { codeAction: LITERALS } };

const MACHINE = `iommu vtd { pasid-width 20 }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
`;

/** P010: a category-5 attach without its KVM mapping. */
const UNMAPPED = `${MACHINE}guest vm0 {
  memory ram at 0x0 + 1G
  bind wq0
  ioasid gpa
  attach wq0 -> gpa
  ioasid gva on gpa page-table
  $0attach wq0 pasid 7 -> gva
}
`;

const SLIPS = `${MACHINE}guest vm0 {
  memory ram at 0x0 + 1G
  $0bnd wq0
  iosid gpa
}
`;

for (const [who, capabilities] of [
  ["an editor of today", MODERN],
  ["an editor that knows only plain edits", PLAIN],
] as const) {
  describe(`code actions for ${who}`, () => {
    let session: Session;
    let document: Marked;
    let uri = "";
    let count = 0;
    before(async () => {
      session = await Session.start({
        capabilities,
        folders: [{ uri: FOLDER, name: "work" }],
        options: { commands: true },
      });
    });
    after(() => session.stop());

    /** The findings of a text, once one with a code is among them. */
    const open = async (source: string, awaited?: string): Promise<Diagnostic[]> => {
      uri = `${FOLDER}/test-${count++}.ioasid`;
      document = await session.open(uri, source);
      return session.findings(uri, (all) => !awaited || all.some(({ code }) => code === awaited));
    };
    /** Actions at the mark, for the findings that are there. */
    const actions = (diagnostics: readonly Diagnostic[], only?: string[]): Promise<CodeAction[]> => {
      const start = positionAt(document.text, document.at());
      return session.request("textDocument/codeAction", {
        textDocument: { uri },
        range: { start, end: start },
        context: { diagnostics, ...(only && { only }) },
      });
    };
    const resolved = (action: CodeAction): Promise<CodeAction> | CodeAction =>
      action.edit ? action : session.request("codeAction/resolve", action);
    /** The text after the action with a title. */
    const chosen = async (offered: readonly CodeAction[], title: string): Promise<string> => {
      const found = offered.find((each) => each.title === title);
      assert.ok(found, `among ${offered.map((each) => each.title).join("; ")}`);
      const { edit } = await resolved(found);
      return edited({ [uri]: document.text }, edit!)[uri]!;
    };

    it("fix a finding, the safe fix being the preferred one", async () => {
      const findings = await open(SLIPS);
      const here = findings.filter((each) => each.code === "S009").slice(0, 1);
      const offered = await actions(here);
      const [first] = offered;
      assert.equal(first?.isPreferred, true);
      assert.deepEqual(first?.diagnostics, here);
      assert.equal(await chosen(offered, first!.title), document.text.replace("bnd", "bind"));
    });

    it("fix all findings of a rule", async () => {
      const findings = await open(SLIPS);
      const offered = await actions(findings.filter((each) => each.code === "S009").slice(0, 1));
      assert.equal(
        await chosen(offered, "Fix all S009 in this file"),
        document.text.replace("bnd", "bind").replace("iosid", "ioasid"),
      );
    });

    it("apply all safe fixes when the client asks for that", async () => {
      const findings = await open(SLIPS);
      assert.ok(!(await actions(findings)).some(({ kind }) => kind?.startsWith("source")));
      for (const kind of ["source", "source.fixAll", "source.fixAll.ioasid"]) {
        const offered = await actions([], [kind]);
        assert.deepEqual(
          offered.map((each) => each.kind),
          ["source.fixAll.ioasid"],
        );
        assert.equal(
          await chosen(offered, "Apply all safe fixes"),
          document.text.replace("bnd", "bind").replace("iosid", "ioasid"),
        );
      }
      await open("$0iommu vtd { pasid-width 20 }\n");
      assert.deepEqual(await actions([], ["source.fixAll"]), []);
    });

    it("hide a finding, and explain its rule", async () => {
      const findings = (await open(UNMAPPED, "P010")).filter(({ code }) => code === "P010");
      const offered = await actions(findings);
      const reason = capabilities === MODERN ? "$0" : "";
      assert.equal(
        await chosen(offered, "Ignore P010 here"),
        document.text.replace(
          "  attach wq0 pasid",
          `  // ioasid-ignore P010 -- ${reason}\n  attach wq0 pasid`,
        ),
      );
      assert.equal(
        await chosen(offered, "Ignore P010 in this file"),
        `// ioasid-ignore-file P010 -- ${reason}\n${document.text}`,
      );
      const explained = offered.find(({ title }) => title === "Explain P010");
      assert.deepEqual(explained?.command?.arguments, ["P010"]);
      assert.equal(explained?.command?.command, "ioasid.explainRule");
    });

    it("make a configuration where there is none, if the client makes files", async () => {
      const findings = (await open(UNMAPPED, "P010")).filter(({ code }) => code === "P010");
      const found = (await actions(findings)).find(({ title }) => title.startsWith("Set P010"));
      if (capabilities === PLAIN) {
        assert.equal(found, undefined);
        return;
      }
      assert.equal(found?.title, 'Set P010 to "off" in ioasid.config.json');
      assert.deepEqual(edited({}, found!.edit!), {
        "file:///work/ioasid.config.json": '{\n  "rules": {\n    "P010": "off"\n  }\n}\n',
      });
    });

    it("offer nothing for findings of another text, of other tools, or past the end", async () => {
      const findings = await open(UNMAPPED, "P010");
      const elsewhere: Range = { start: { line: 900, character: 0 }, end: { line: 900, character: 1 } };
      const strange = findings.flatMap((each) => [
        { ...each, range: elsewhere },
        { ...each, source: "other" },
      ]);
      assert.deepEqual(await actions(strange, ["quickfix"]), []);
      const past = await session.request("textDocument/codeAction", {
        textDocument: { uri },
        range: elsewhere,
        context: { diagnostics: [] },
      });
      assert.deepEqual(past, []);
    });

    it("write numbers, ranges and names in other forms, and state outcomes", async () => {
      await open(`${UNMAPPED.replace("$0", "")}scenario "a" {\n  dma wq0 $0read 0x1000\n}\n`);
      const outcomes = await actions([], ["refactor.rewrite"]);
      assert.equal(
        await chosen(outcomes, "State `=> fault not-mapped wire 1`"),
        document.text.replace("0x1000\n", "0x1000  => fault not-mapped wire 1\n"),
      );
      await open(UNMAPPED.replace("$0", "").replace("1G", "$01G"));
      const numbers = await actions([], ["refactor"]);
      assert.equal(
        await chosen(numbers, "Write `0x4000_0000` instead of `1G`"),
        document.text.replace("1G", "0x4000_0000"),
      );
    });
  });
}

describe("moving hardware between files", () => {
  const capabilities: ClientCapabilities = {
    ...MODERN,
    textDocument: { codeAction: { ...MODERN.textDocument?.codeAction, disabledSupport: true } },
  };
  const uri = `${FOLDER}/main.ioasid`;
  const taken = `${FOLDER}/platforms/main.ioasid`;
  const moved = `${FOLDER}/platforms/main-2.ioasid`;
  const actionsAt = (session: InProcess, text: string, offset: number) => {
    const start = positionAt(text, offset);
    return session.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start, end: start },
      context: { diagnostics: [], only: ["refactor"] },
    });
  };

  it("makes a file of a name that is free, and back", async () => {
    const session = await InProcess.start({ capabilities, disk: { [taken]: "" } });
    const text = `${MACHINE}guest vm0 { }\n`;
    await session.open(uri, text);
    const extract = (await actionsAt(session, text, 0)).find(({ kind }) => kind === "refactor.extract");
    const { edit } = await session.request<CodeAction>("codeAction/resolve", extract);
    const files = edited({ [uri]: text }, edit!);
    const root = 'import "platforms/main-2.ioasid"\nguest vm0 { }\n';
    assert.deepEqual(files, { [uri]: root, [moved]: MACHINE });
    await session.change(uri, root);
    await session.write(moved, MACHINE, FileChangeType.Created);
    await session.settle();
    assert.deepEqual(session.codes(uri), []);
    const inline = (await actionsAt(session, root, 0)).find(({ kind }) => kind === "refactor.inline");
    assert.equal(inline?.title, 'Put the hardware of "platforms/main-2.ioasid" here');
    assert.equal(edited({ [uri]: root }, inline!.edit!)[uri], text);
    await session.stop();
  });

  it("says why hardware cannot move", async () => {
    const session = await InProcess.start({ capabilities });
    const text = 'iommu vtd { }\nimport "x.ioasid"\ncpu { }\n';
    await session.open(uri, text);
    const [extract] = await actionsAt(session, text, 0);
    assert.match(String(extract?.disabled?.reason), /^An import stands between/);
    await session.stop();
  });
});

describe("code actions for a client that knows commands only", () => {
  it("are not announced", async () => {
    const session = await Session.start();
    assert.equal(session.result.capabilities.codeActionProvider, undefined);
    await session.stop();
  });
});

describe("an action whose edit is asked for", () => {
  it("is refused when the text has changed, and edits the version that it was offered for", async () => {
    const session = await Session.start({ capabilities: MODERN });
    const uri = `${FOLDER}/test.ioasid`;
    const { text } = await session.open(uri, SLIPS.replace("$0", ""));
    await session.findings(uri);
    const [action] = await session.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: positionAt(text, 0), end: positionAt(text, 0) },
      context: { diagnostics: [], only: ["source.fixAll"] },
    });
    const { edit } = await session.request<CodeAction>("codeAction/resolve", action);
    assert.deepEqual(
      edit?.documentChanges?.map((each) => "textDocument" in each && each.textDocument),
      [{ uri, version: 1 }],
    );
    await session.change(uri, { text: `\n${text}` });
    await assert.rejects(session.request("codeAction/resolve", action), /changed since this was offered/);
    await session.stop();
  });
});
