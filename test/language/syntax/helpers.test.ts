import assert from "node:assert/strict";
import fc from "fast-check";
import {
  CONTEXT_WORDS,
  children,
  distance,
  FORMS,
  lineMap,
  nearest,
  nodesAt,
  parse,
  RESERVED_WORDS,
  reparse,
  STATEMENT_WORDS,
  tokenAt,
  visit,
} from "../../../engine/language/syntax/index.js";

describe("the nearest known word", () => {
  it("is at most two slips away", () => {
    assert.equal(nearest("pasid-widht", ["pasid-width", "address-width"]), "pasid-width");
    assert.equal(nearest("atach", STATEMENT_WORDS), "attach");
    assert.equal(nearest("no-pasid-entrie", ["no-pasid-entry", "no-access"]), "no-pasid-entry");
    assert.equal(nearest("something", STATEMENT_WORDS), undefined);
  });

  it("has more letters right than wrong", () => {
    assert.equal(nearest("x", ["r", "w"]), undefined);
    assert.equal(nearest("xy", ["on", "to"]), undefined);
    assert.equal(nearest("onn", ["on", "off"]), "on");
  });

  it("ignores letter case, and takes the first of those equally near", () => {
    assert.equal(nearest("EBUSYY", ["ebusy"]), "ebusy");
    assert.equal(nearest("wq9", ["wq0", "wq1"]), "wq0");
  });

  it("is not looked for where the text is very long", () => {
    assert.equal(nearest("a".repeat(1000), ["a".repeat(1000)]), undefined);
  });

  it("counts a swap of neighbours as one slip", () => {
    assert.equal(distance("abcd", "abdc", 2), 1);
    assert.equal(distance("abcd", "abcd", 2), 0);
    assert.equal(distance("abcd", "bcde", 2), 2);
    assert.equal(distance("abc", "xyzabc", 2), 3);
  });

  it("is the same in both directions", () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "c") });
    fc.assert(fc.property(word, word, (a, b) => distance(a, b, 9) === distance(b, a, 9)));
  });
});

describe("the line map", () => {
  const text = "ab\ncd\r\nef\rgh\n";

  it("counts LF, CR LF and CR as one break each", () => {
    const map = lineMap(text);
    assert.equal(map.lineCount, 5);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((line) => map.lineStart(line)),
      [0, 3, 7, 10, 13],
    );
    assert.deepEqual(map.position(4), { line: 1, character: 1 });
    assert.deepEqual(map.position(10), { line: 3, character: 0 });
    assert.deepEqual(map.position(99), { line: 4, character: 0 });
  });

  it("keeps a character inside its line", () => {
    const map = lineMap(text);
    assert.equal(map.offset({ line: 1, character: 99 }), 5);
    assert.equal(map.offset({ line: 2, character: 99 }), 9);
    assert.equal(map.offset({ line: 99, character: 0 }), text.length);
    assert.equal(map.offset({ line: -1, character: 5 }), 0);
  });

  it("goes there and back", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "é") });
    fc.assert(
      fc.property(texts, (any) => {
        const map = lineMap(any);
        for (let offset = 0; offset <= any.length; offset++) {
          const inBreak = any[offset - 1] === "\r" && any[offset] === "\n";
          if (!inBreak) assert.equal(map.offset(map.position(offset)), offset);
        }
      }),
    );
  });
});

describe("walking a tree", () => {
  const file = parse("guest vm0 {\n  map vm0.gpa 0x0 + 1G -> ram[0x10] rw => EBUSY\n}");

  it("gives the parts of a node in text order", () => {
    const [guest] = children(file);
    const map = children(guest!)[1]!;
    assert.deepEqual(
      children(map).map(({ kind }) => kind),
      ["name", "range", "region", "access", "outcome"],
    );
  });

  it("gives the way to an offset", () => {
    const kinds = (offset: number) => nodesAt(file, offset).map(({ kind }) => kind);
    assert.deepEqual(kinds(file.text.indexOf("gpa")), ["guest", "map", "name"]);
    assert.deepEqual(kinds(file.text.indexOf("0x10")), ["guest", "map", "region", "number"]);
    assert.deepEqual(kinds(file.text.length + 1), []);
  });

  it("gives the way to an offset behind an edit", () => {
    const before = parse("cpu { }\nguest vm0 {\n  ioasid gpa\n  free gpa\n}\nguest vm1 {\n  ioasid far\n}\n");
    const text = before.text.replace("free gpa", "attach nic -> gpa");
    const edited = reparse(before, text)!.tree;
    for (let offset = 0; offset <= text.length + 1; offset += 1) {
      const [moved, fresh] = [edited, parse(text)].map((each) =>
        nodesAt(each, offset).map(({ kind, start, end }) => [kind, start, end]),
      );
      assert.deepEqual(moved, fresh, `at ${offset}`);
    }
  });

  it("leaves out what is inside where the visitor says so", () => {
    const seen: string[] = [];
    visit(file, ({ kind }) => {
      seen.push(kind);
      return kind !== "map";
    });
    assert.deepEqual(seen, ["guest", "name", "map"]);
  });

  it("finds a token with its trivia", () => {
    const { start, end } = tokenAt(file, file.text.indexOf("gpa") + 1);
    assert.equal(file.text.slice(start, end), "gpa");
  });
});

describe("the words", () => {
  it("are reserved or not, never both", () => {
    for (const word of CONTEXT_WORDS) assert.ok(!RESERVED_WORDS.includes(word));
  });

  it("have a form for each that begins a statement", () => {
    for (const word of STATEMENT_WORDS) assert.ok(FORMS[word].startsWith(word));
  });
});

describe("the documentation of a declaration", () => {
  const documentationOf = (text: string) => {
    const item = parse(text).items.at(-1);
    assert.ok(item !== undefined && "documentation" in item);
    return item.documentation;
  };

  it("is the comment directly above", () => {
    assert.equal(documentationOf("// one\n// two\ncpu { }"), "one\ntwo");
    assert.equal(documentationOf("/* one */\ncpu { }"), "one");
    assert.equal(documentationOf("/**\r\n * one\r\n *  two\r\n */\r\ncpu { }"), "one\n two");
    assert.equal(documentationOf("cpu { }\n\n  /// indented\n  guest g { }"), "indented");
    assert.equal(documentationOf("\ufeff// after a byte order mark\ncpu { }"), "after a byte order mark");
  });

  it("is not what stands further up, or behind something else on its line", () => {
    assert.equal(documentationOf("// far\n\ncpu { }"), undefined);
    assert.equal(documentationOf("cpu { } // of the CPU\nguest g { }"), undefined);
    assert.equal(documentationOf("cpu { }"), undefined);
    assert.equal(documentationOf("// far\n\n// near\ncpu { }"), "near");
    assert.equal(documentationOf("/* far */\n// near\ncpu { }"), "near");
  });

  it("belongs to what an owner declares too", () => {
    const [guest] = parse(
      "guest g {\n  // pinned\n  memory m at 0 + 1\n  // guest-physical\n  ioasid gpa\n}",
    ).items;
    assert.ok(guest?.kind === "guest");
    assert.deepEqual(
      guest.items.map((item) => "documentation" in item && item.documentation),
      ["pinned", "guest-physical"],
    );
  });
});
