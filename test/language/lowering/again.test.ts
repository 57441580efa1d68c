import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  type Analysis,
  analyze,
  analyzeAgain,
  type Host,
  hostLevels,
} from "../../../engine/language/index.js";
import { Choices } from "../../helpers/choices.js";
import { marked } from "../../helpers/cursor.js";
import { viewOf } from "./again-view.js";

const FILE = "a.ioasid";

function hostOf(text: string, imports: Readonly<Record<string, string>> = {}): Host {
  const texts: Readonly<Record<string, string>> = { [FILE]: text, ...imports };
  return {
    read: (name) => texts[name] ?? { error: "There is none." },
    resolve: (_, target) => target,
  };
}

/** Only some statements were lowered again: the platform is the one that was there. */
function isLocal(before: Analysis, after: Analysis): boolean {
  return before.program.platform === after.program.platform;
}

/** Compiles a text with `$0` in it, then the same with other words there; checks that these give what they should. */
function edited(text: string, words: string, instead = ""): { before: Analysis; after: Analysis } {
  const { text: empty, at } = marked(text);
  const with_ = (put: string): string => empty.slice(0, at()) + put + empty.slice(at());
  const before = analyze(FILE, hostOf(with_(instead)));
  const after = analyzeAgain(before, hostOf(with_(words)));
  assert.deepEqual(viewOf(after), viewOf(analyze(FILE, hostOf(with_(words)))));
  return { before, after };
}

const HEAD = `iommu vtd { pasid-width 20  address-width 48  nesting hardware }
cpu { enqcmd  pasid-translation }
pdev nic at 0000:3b:00.0 behind vtd { category 3  pasid-width 16  ats }
`;

const GUEST = `${HEAD}
// The only guest.
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa$1
  map gpa 0x0 + $2 -> ram
  // The table of the process.
  ioasid gva on gpa page-table {
    pte 0x1000 + 4K -> 0x2000 $3
    pte 0x3000 + 4K -> 0x4000 rw
  }
  kvm map pasid 7 -> gva
}
scenario "a request" {
  dma nic read $4 => vm0.ram[0x10]
  assert reaches nic -> vm0.ram[0x0 + 4K]
}
`;

const USUAL: Readonly<Record<string, string>> = { 1: "", 2: "1G", 3: "rw", 4: "0x10" };

/** The text with the usual words at all of its places. */
const GUEST_AS_IT_IS = GUEST.replace(/\$(\d)/g, (_, digit: string) => USUAL[digit]!);

/** The text with the usual words at all of its places but one, where `$0` stands. */
function guest(place: 1 | 2 | 3 | 4): string {
  return GUEST.replace(/\$(\d)/g, (_, digit: string) => (Number(digit) === place ? "$0" : USUAL[digit]!));
}

describe("a program that is compiled again after an edit", () => {
  describe("is the one that the new text gives, and lowers only what differs", () => {
    const edits: readonly (readonly [title: string, place: 1 | 2 | 3 | 4, from: string, to: string])[] = [
      ["a number of a mapping is another one", 2, "1G", "2G"],
      ["a number becomes longer, so that everything behind it moves", 2, "1G", "0x1000_0000"],
      ["a mistake is written", 2, "1G", "1H"],
      ["and taken back", 2, "1H", "1G"],
      ["a number is missing", 2, "1G", ""],
      ["a line of a table", 3, "rw", "r"],
      ["a mistake in a line of a table", 3, "rw", "wr x"],
      ["another line of a table", 3, "rw", "rw\n    pte 0x9000 + 4K -> 0x8000"],
      ["one line of a table less", 3, "rw\n    pte 0x9000 + 4K -> 0x8000", "rw"],
      ["the first letter of a statement", 1, "", "\n  m"],
      ["a whole statement", 1, "", "\n  map gpa 0x8000_0000 + 4K -> ram"],
      ["a statement with an unknown name", 1, "", "\n  attach nic pasid 3 -> nowhere"],
      ["a statement less", 1, "\n  kvm map pasid 8 -> gpa", ""],
      ["a comment", 1, "", " // to begin with"],
      ["an empty line", 1, "", "\n\n"],
      ["an address of a request", 4, "0x10", "0x20"],
      ["an outcome that cannot be read, so that the request does not run", 4, "0x10", "0x10 => what\n // "],
      [
        "a statement of a scenario",
        4,
        "0x10",
        "0x10\n  dma nic pasid 9 read 0x1000 => fault no-pasid-entry\n  dma nic read 0x0",
      ],
    ];
    for (const [title, place, from, to] of edits) {
      it(title, () => {
        const { before, after } = edited(guest(place), to, from);
        assert.ok(isLocal(before, after), "the whole was lowered again");
      });
    }
  });

  describe("is the one that the new text gives, though everything follows from what differs", () => {
    const edits: readonly (readonly [title: string, text: string, from: string, to: string])[] = [
      ["a name that others use", GUEST_AS_IT_IS.replace("ioasid gpa", "ioasid gp$0"), "a", "b"],
      [
        "who has bound a device, where a statement names no owner",
        GUEST_AS_IT_IS.replace("bind nic", "bind nic$0").replace("  assert", "  unbind nic\n  assert"),
        "",
        "x",
      ],
      [
        "a device that a scenario binds",
        GUEST_AS_IT_IS.replace("  assert", "  bind nic to vm0$0 => EBUSY\n  assert"),
        "",
        "x",
      ],
      ["a brace", GUEST_AS_IT_IS.replace("kvm map", "$0kvm map"), "", "} "],
      ["a comment that does not end", GUEST_AS_IT_IS.replace("kvm map", "$0kvm map"), "", "/* "],
      ["a rule that is allowed", GUEST_AS_IT_IS.replace("kvm map", "$0kvm map"), "", "allow P010\n  "],
      ["the comment above a space", GUEST_AS_IT_IS.replace("the process", "the $0process"), "", "second "],
      ["hardware", GUEST_AS_IT_IS.replace("pasid-width 16", "pasid-width $0"), "16", "8"],
      [
        "a name that is there twice",
        GUEST_AS_IT_IS.replace("memory ram", "memory ram$0"),
        "",
        " at 0x0 + 4K\n  memory ram",
      ],
      [
        "the first line of a block",
        GUEST_AS_IT_IS.replace("guest vm0 {", "guest vm0 {$0"),
        "",
        "\n  attach nic -> gpa",
      ],
    ];
    for (const [title, text, from, to] of edits) {
      it(title, () => {
        const whole = text.replace(
          /\$([1-4])/g,
          (_, digit: string) => ["", "1G", "rw", "0x10"][Number(digit) - 1]!,
        );
        const { before, after } = edited(whole, to, from);
        assert.ok(!isLocal(before, after));
      });
    }
  });

  it("is the same one where nothing has changed", () => {
    const before = analyze(FILE, hostOf(GUEST_AS_IT_IS));
    assert.equal(analyzeAgain(before, hostOf(GUEST_AS_IT_IS)), before);
    const levels = hostLevels({ C003: "off" });
    assert.notEqual(analyzeAgain(before, hostOf(GUEST_AS_IT_IS), { levels }), before);
  });

  it("has a file in it that could not be read before", () => {
    const root = 'import "b.ioasid"\npdev nic at 3b:00.0 behind vtd { }\n';
    const before = analyze(FILE, hostOf(root));
    const host = hostOf(root, { "b.ioasid": "iommu vtd { }\n" });
    assert.deepEqual(viewOf(analyzeAgain(before, host)), viewOf(analyze(FILE, host)));
  });

  it("has the whole compiled again where two files have changed, or one is gone", () => {
    const root = 'import "b.ioasid"\nimport "c.ioasid"\n';
    const [b, c] = ["iommu vtd { }\n", "cpu { enqcmd }\n"];
    const before = analyze(FILE, hostOf(root, { "b.ioasid": b, "c.ioasid": c }));
    for (const imports of [
      { "b.ioasid": `${b}// vtd`, "c.ioasid": `${c}// cpu` },
      { "b.ioasid": b },
    ] as readonly Readonly<Record<string, string>>[]) {
      const host = hostOf(root, imports);
      assert.deepEqual(viewOf(analyzeAgain(before, host)), viewOf(analyze(FILE, host)));
    }
  });

  it("follows a file that it imports", () => {
    const root = 'import "b.ioasid"\nscenario "a request" { dma nic read 0x10 }\n';
    const { text, at } = marked(guest(2).replace(/scenario[\s\S]*/, ""));
    const hostWith = (size: string): Host => {
      return hostOf(root, { "b.ioasid": text.slice(0, at()) + size + text.slice(at()) });
    };
    const before = analyze(FILE, hostWith("1G"));
    const after = analyzeAgain(before, hostWith("0x4000"));
    assert.deepEqual(viewOf(after), viewOf(analyze(FILE, hostWith("0x4000"))));
    assert.ok(isLocal(before, after));
  });

  it("lowers a bind alone, as long as no statement depends on who has bound a device", () => {
    for (const [from, to] of [
      ["bind nic", "bind ni"],
      ["bind ni", "bind nic"],
      ["", "bind nic"],
      ["bind nic", ""],
    ] as const) {
      const { before, after } = edited(
        GUEST_AS_IT_IS.replace("bind nic", "attach nic -> gpa\n  $0\n"),
        to,
        from,
      );
      assert.ok(isLocal(before, after), "the whole was lowered again");
    }
  });

  it("knows who has bound a device after each of several edits", () => {
    const text = (bind: string, unbind: string): Host =>
      hostOf(`${GUEST_AS_IT_IS.replace("bind nic", bind).replace("  assert", `${unbind}\n  assert`)}
guest vm1 {
  memory ram at 0x0 + 1G
  ioasid gpa
}
`);
    let known = analyze(FILE, text("bind nic", ""));
    for (const [bind, unbind] of [
      ["", ""],
      ["", "  unbind nic"],
      ["", ""],
      ["bind nic", ""],
      ["bind nic", "  unbind nic"],
    ] as const) {
      known = analyzeAgain(known, text(bind, unbind));
      assert.deepEqual(viewOf(known), viewOf(analyze(FILE, text(bind, unbind))));
    }
  });

  it("lowers nothing where a comment stands between declarations", () => {
    const { before, after } = edited(
      GUEST_AS_IT_IS.replace("// The only", "$0\n\n// The only"),
      "// A host.",
    );
    assert.ok(isLocal(before, after), "the whole was lowered again");
  });

  it("has the items that were parsed before, where a declaration of the file is another one", () => {
    const { before, after } = edited(GUEST_AS_IT_IS.replace("category 3", "category $0"), "4", "3");
    const [old, now] = [before, after].map(({ trees }) => trees.get(FILE)?.items ?? []);
    assert.deepEqual(
      now?.map((item, index) => item === old?.[index]),
      [true, true, false, true, true],
    );
  });

  it("moves the end of a table only with what stands before that end", () => {
    edited(guest(1).replace("$0", "").replace("ioasid gpa\n", "ioasid gpa { ap 0x1000 }$0\n"), " ");
  });

  it("leaves the one before as it was", () => {
    const { before } = edited(guest(2), "0x2000_0000", "1G");
    const { text, at } = marked(guest(2));
    assert.deepEqual(
      viewOf(before),
      viewOf(analyze(FILE, hostOf(`${text.slice(0, at())}1G${text.slice(at())}`))),
    );
  });

  it("is the one that the new text gives, whatever the edits are", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 8, maxLength: 60 }), (tape) => {
        const choices = new Choices(tape);
        let text = choices.of(TEXTS);
        let known = analyze(FILE, hostOf(text));
        for (let edit = 0; edit < 6; edit += 1) {
          text = changed(text, choices);
          known = analyzeAgain(known, hostOf(text));
          assert.deepEqual(viewOf(known), viewOf(analyze(FILE, hostOf(text))), text);
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** The examples that are a file of their own. */
const TEXTS: readonly string[] = readdirSync("examples")
  .filter((name) => name.endsWith(".ioasid"))
  .map((name) => readFileSync(join("examples", name), "utf8"));

const PIECES: readonly string[] = [
  "\n",
  " ",
  "x",
  "0",
  "{",
  "}",
  '"',
  "/*",
  "*/",
  "// a comment\n",
  "=> ok",
  "=> EINVAL",
  "-> gpa",
  "+ 4K",
  "pasid 7",
  "\n  map gpa 0x0 + 4K -> ram",
  "\n  ioasid other",
  "\n  attach nic -> other",
  "\n  bind nic",
  "\n  allow P010",
  "\n  kvm map pasid 7 -> gva",
  "\n// ioasid-ignore P010 -- for now\n",
];

/** A text with one edit, mostly one that a person makes: a word in a line, a line more, a line less. */
function changed(text: string, choices: Choices): string {
  const lines = text.split("\n");
  const line = choices.below(lines.length);
  const is = lines[line]!;
  const at = choices.below(is.length + 1);
  switch (choices.below(5)) {
    case 0:
      return lines.toSpliced(line, 1).join("\n");
    case 1:
      return lines.toSpliced(line, 0, choices.of(lines)).join("\n");
    case 2:
      return lines.with(line, is.slice(0, at) + choices.of(PIECES) + is.slice(at)).join("\n");
    case 3:
      return lines.with(line, is.slice(0, at) + is.slice(at + 1 + choices.below(3))).join("\n");
    default:
      return lines.with(line, is.replace(/\d+/, String(choices.below(100)))).join("\n");
  }
}
