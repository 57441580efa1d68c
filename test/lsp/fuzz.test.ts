import assert from "node:assert/strict";
import { FileChangeType, type Range } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { InProcess, WORK } from "./in-process.js";
import { Random } from "./random.js";

const URI = `${WORK}/main.ioasid`;
const HOST = `${WORK}/host.ioasid`;
const CONFIG = `${WORK}/ioasid.config.json`;

/** How many sequences of edits there are. */
const SEQUENCES = 10_000;

/** A text longer than this begins anew, so that each sequence takes about as long as the others. */
const LONGEST = 500;

/** After so many sequences the findings are compared with those of a new server, else with those of opened files. */
const ANEW = 200;

const BASES: Readonly<Record<string, readonly string[]>> = {
  [HOST]: [
    `iommu vtd { pasid-width 20 }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
`,
    "iommu vtd { pasid-width 16 }\r\npdev nic at 3b:00.0 { category 3  pasid-width 8 }\r\n",
    "",
  ],
  [URI]: [
    `import "host.ioasid"
guest vm0 {
  memory ram at 0x0 + 1G
  process db { pasid 7 }
  bind wq0
  ioasid gpa
  attach wq0 -> gpa
  ioasid gva on gpa page-table
  attach wq0 pasid 7 -> gva
}
scenario "a" {
  enqcmd db to wq0 write 0x1000 => vm-exit 72
  dma wq0 read 0x1000 => fault
}
`,
    `// ioasid-ignore-file C002 -- a sketch
import "host.ioasid"
import "main.ioasid"
scenario "b" { dma nic read 0x0 }
`,
  ],
  [CONFIG]: ['{ "rules": { "P010": "off" } }', "{}", '{ "rules": { "S010": "off", "P010": "eror" } }'],
};

/** What a person or a paste puts in. */
const PIECES = [
  "",
  " ",
  "\n",
  "\r\n",
  "}",
  "{",
  "attach wq0 pasid 7 -> gva\n",
  "guest vm1 { bind nic }\n",
  'import "host.ioasid"\n',
  'scenario "c" { dma wq0 read 0x1000 }\n',
  "pasid",
  "0x",
  "=> EBUSY",
  "// ioasid-ignore P010 -- x\n",
  '"',
  "/*",
  "*/",
  "𝒳",
  "é",
  "7",
  "->",
  "cpu { enqcmd }\n",
];

describe("ten thousand sequences of edits", () => {
  it("end with the findings of a fresh start", async function () {
    this.timeout(600_000);
    const random = new Random(20_250_117);
    const edited = await Editor.start();
    let other = await Editor.start();
    for (let sequence = 0; sequence < SEQUENCES; sequence++) {
      await edited.sequence(random);
      if (sequence % ANEW === 0) {
        await other.stop();
        other = await Editor.start();
      }
      const found = await edited.findings();
      assert.deepEqual(found, await other.opening(edited), `after sequence ${sequence}:\n${edited.texts()}`);
    }
    await Promise.all([edited.stop(), other.stop()]);
  });
});

/** A client that edits some files at random, and knows itself what their texts are. */
class Editor {
  private readonly documents = new Map<string, TextDocument>();

  private constructor(private readonly session: InProcess) {}

  static async start(): Promise<Editor> {
    return new Editor(await InProcess.start());
  }

  /** The findings of this server when it opens the files of another one as they are, and closes them again. */
  async opening({ session, documents }: Editor): Promise<unknown> {
    for (const uri of new Set([...session.disk.keys(), ...this.session.disk.keys()])) {
      const text = session.disk.get(uri);
      await this.session.write(
        uri,
        text,
        text === undefined ? FileChangeType.Deleted : FileChangeType.Changed,
      );
    }
    for (const [uri, document] of documents) await this.open(uri, document.getText());
    const found = await this.findings();
    for (const uri of documents.keys()) await this.close(uri);
    return found;
  }

  /** Some edits of some files, with and without time between them. */
  async sequence(random: Random): Promise<void> {
    for (let edits = 1 + random.below(4); edits > 0; edits--) {
      const uri = random.of([URI, URI, URI, HOST, HOST, CONFIG]);
      await this.edit(random, uri);
      if (random.below(3) === 0) await this.session.advance(random.of([1, 30, 35, 60]));
    }
  }

  async findings(): Promise<unknown> {
    await this.session.settle();
    this.session.pushed.length = 0;
    return [URI, HOST, CONFIG].map((uri) => this.session.published(uri)?.diagnostics ?? []);
  }

  texts(): string {
    return [...this.documents].map(([uri, document]) => `--- ${uri}\n${document.getText()}`).join("\n");
  }

  async stop(): Promise<void> {
    await this.session.stop();
  }

  private async open(uri: string, text: string): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, "ioasid", 1, text));
    await this.session.open(uri, text, uri === CONFIG ? "json" : "ioasid");
  }

  private async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.session.close(uri);
  }

  private async edit(random: Random, uri: string): Promise<void> {
    const document = this.documents.get(uri);
    const base = random.of(BASES[uri]!);
    if (!document) {
      if (random.below(4) === 0) await this.onDisk(random, uri, base);
      await this.open(uri, base);
      return;
    }
    switch (random.below(12)) {
      case 0:
        await this.close(uri);
        return;
      case 1:
        await this.onDisk(random, uri, base);
        return;
      default:
        await this.change(document, changes(random, document, base));
    }
  }

  private async onDisk(random: Random, uri: string, text: string): Promise<void> {
    const { Created, Changed, Deleted } = FileChangeType;
    const type: FileChangeType = random.of([Created, Changed, Deleted]);
    await this.session.write(uri, type === FileChangeType.Deleted ? undefined : text, type);
  }

  private async change(document: TextDocument, edits: readonly Edit[]): Promise<void> {
    TextDocument.update(document, [...edits], document.version + 1);
    await this.session.change(document.uri, ...edits);
  }
}

type Edit = { readonly text: string } | { readonly text: string; readonly range: Range };

/** One to three edits in one message, each of the text that the one before left. */
function changes(random: Random, document: TextDocument, base: string): Edit[] {
  if (document.getText().length > LONGEST || random.below(30) === 0) return [{ text: base }];
  const copy = TextDocument.create(document.uri, "ioasid", 1, document.getText());
  return Array.from({ length: 1 + random.below(3) }, () => {
    const edit = { range: rangeIn(random, copy), text: random.of(PIECES) };
    TextDocument.update(copy, [edit], 2);
    return edit;
  });
}

/** A few units anywhere, in the middle of words as well; now and then past the end of a line, or of the text. */
function rangeIn(random: Random, document: TextDocument): Range {
  const start = random.below(document.getText().length + 1);
  const end = start + random.of([0, 0, 1, 3, 20]);
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  if (random.below(40) > 0) return range;
  const { line } = range.end;
  return { start: range.start, end: { line: line + random.below(2) * 1000, character: 10_000 } };
}
