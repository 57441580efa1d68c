import assert from "node:assert/strict";
import { format, formatted } from "../../../engine/language/index.js";
import { parse } from "../../../engine/language/syntax/index.js";

/** What a person wrote, and what comes of it; the indentation of the table is left out. */
interface Case {
  readonly it: string;
  readonly before: string;
  /** The same as before when it is left out. */
  readonly after?: string;
}

function lines(text: string): string {
  const all = text.replace(/^\n/, "").replace(/\n *$/, "\n").split("\n");
  const margin = Math.min(...all.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return all.map((line) => line.slice(margin)).join("\n");
}

function table(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const { it: name, before, after = before } of cases) {
      it(name, () => {
        assert.deepEqual(parse(lines(before)).issues, [], "the text is a valid one");
        assert.equal(format(lines(before)), lines(after));
        assert.equal(format(lines(after)), lines(after), "and stays");
      });
    }
  });
}

table("a statement", [
  {
    it: "has a line of its own",
    before: `
      guest vm0 { bind wq0  bind nic attach wq0 -> gpa  attach nic -> gpa }`,
    after: `
      guest vm0 {
        bind wq0
        bind nic
        attach wq0 -> gpa
        attach nic -> gpa
      }
    `,
  },
  {
    it: "is on one line, however it was broken",
    before: `
      guest vm0 {
        map gpa
           0x0 + 1G
          -> ram

          rw
      }
    `,
    after: `
      guest vm0 {
        map gpa 0x0 + 1G -> ram rw
      }
    `,
  },
  {
    it: "has one space between its words, and none inside names, places and lists",
    before: `
      scenario "x" {
        assert   isolated vm0 ,vm1
        map vm0.gpa 0x0+1G->ram [ 0x0 .. 0xfff ]r
        assert reaches nic->vm0.ram[ 4K+0x1000 ]
        assert ppasid nic pasid 7==none
      }
    `,
    after: `
      scenario "x" {
        assert isolated vm0, vm1
        map vm0.gpa 0x0 + 1G -> ram[0x0..0xfff] r
        assert reaches nic -> vm0.ram[4K + 0x1000]
        assert ppasid nic pasid 7 == none
      }
    `,
  },
  {
    it: "keeps numbers, addresses and titles as they are written",
    before: `
      pdev nic at 0000:3B:00.1 { category 0 }
      scenario "two  spaces	and a tab" {
        dma nic read 0x1_0000_0000 + 0x00a0
        dma nic read 1_000..4K
      }
    `,
  },
  {
    it: "gets no comma and loses none",
    before: `
      iommu vtd { ats,page-requests page-sizes 4K,2M 1G }
      group slot { a ,b c }
    `,
    after: `
      iommu vtd { ats, page-requests  page-sizes 4K, 2M 1G }
      group slot { a, b c }
    `,
  },
]);

table("braces", [
  {
    it: "of hardware stay on one line",
    before: `
      iommu vtd { }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      group slot { nic vf }
    `,
  },
  {
    it: "come to one line when what is in them fits",
    before: `
      uapi v1
      {
        pasid-policy precise
      }
      pdev nic at 3b:00.0
      {
        category 3
        pasid-width 16
      }
    `,
    after: `
      uapi v1 { pasid-policy precise }
      pdev nic at 3b:00.0 { category 3  pasid-width 16 }
    `,
  },
  {
    it: "pass no more than 100 columns on one line",
    before: `
      iommu vtd1 { pasid-width 20  address-width 48  nesting hardware  ats  reserved 0xfee0_0000 + 1M }
      iommu vtd23 { pasid-width 20  address-width 48  nesting hardware  ats  reserved 0xfee0_0000 + 10M }
      iommu vtd456 { pasid-width 20  address-width 48  nesting hardware  ats  reserved 0xfee0_0000 + 100M }
    `,
    after: `
      iommu vtd1 { pasid-width 20  address-width 48  nesting hardware  ats  reserved 0xfee0_0000 + 1M }
      iommu vtd23 { pasid-width 20  address-width 48  nesting hardware  ats  reserved 0xfee0_0000 + 10M }
      iommu vtd456 {
        pasid-width   20
        address-width 48
        nesting       hardware
        ats
        reserved      0xfee0_0000 + 100M
      }
    `,
  },
  {
    it: "over several lines have the values in a column, and flags may share a line",
    before: `
      iommu vtd {
        pasid-width 20 // bits
        nesting hardware
        ats page-requests
        dirty-tracking
        page-sizes 4K,2M,1G
      }
    `,
    after: `
      iommu vtd {
        pasid-width 20                          // bits
        nesting     hardware
        ats  page-requests
        dirty-tracking
        page-sizes  4K, 2M, 1G
      }
    `,
  },
  {
    it: "of a table are on one line when they fit",
    before: `
      guest vm0 {
        ioasid gpa {
          map 0x0 + 1G -> ram
        }
        bind-pgtable gva at 0x1000 { pte 0x0 + 4K -> 0x1000 pte 0x1000 + 4K -> 0x2000 rw }
        ioasid cds on gpa pasid-table { entry 0 -> kernel entry 5 -> app } => EINVAL
      }
    `,
    after: `
      guest vm0 {
        ioasid gpa { map 0x0 + 1G -> ram }
        bind-pgtable gva at 0x1000 { pte 0x0 + 4K -> 0x1000  pte 0x1000 + 4K -> 0x2000 rw }
        ioasid cds on gpa pasid-table { entry 0 -> kernel  entry 5 -> app }  => EINVAL
      }
    `,
  },
  {
    it: "of a table that does not fit hold one step per line",
    before: `
      guest vm0 {
        ioasid gva on gpa page-table { pte 0x1000 + 4K -> 0x5000 pte 0x2000 + 4K -> 0x6000 pte 0x3000 + 4K -> 0x7000 } => ok
      }
    `,
    after: `
      guest vm0 {
        ioasid gva on gpa page-table {
          pte 0x1000 + 4K -> 0x5000
          pte 0x2000 + 4K -> 0x6000
          pte 0x3000 + 4K -> 0x7000
        }  => ok
      }
    `,
  },
  {
    it: "of owners and scenarios are on several lines, unless they are empty",
    before: `
      guest vm0 { memory ram at 0x0 + 1G process db { pasid 7 } }
      native tool {
      }
      scenario "one step" { free gpa }
    `,
    after: `
      guest vm0 {
        memory ram at 0x0 + 1G
        process db { pasid 7 }
      }
      native tool { }
      scenario "one step" {
        free gpa
      }
    `,
  },
]);

table("outcomes", [
  {
    it: "of consecutive steps stand in a column",
    before: `
      scenario "x" {
        dma nic read 0x1000 => ram[0x1000] wire none
        pte gva 0x1000 + 4K none
        // of the device
        detach nic pasid 7 from gva=>EBUSY
      }
    `,
    after: `
      scenario "x" {
        dma nic read 0x1000                     => ram[0x1000] wire none
        pte gva 0x1000 + 4K none
        // of the device
        detach nic pasid 7 from gva             => EBUSY
      }
    `,
  },
  {
    it: "give way to a long step, up to the next empty line",
    before: `
      scenario "x" {
        dma nic read 0x1000 => ram
        enqcmds vm0 pasid 7 to wq0 write 0x7f00_0000_1000 => vm-exit 73

        dma nic read 0x1000 => ram
      }
    `,
    after: `
      scenario "x" {
        dma nic read 0x1000                                => ram
        enqcmds vm0 pasid 7 to wq0 write 0x7f00_0000_1000  => vm-exit 73

        dma nic read 0x1000                     => ram
      }
    `,
  },
]);

table("comments", [
  {
    it: "behind a line stand in a column, those behind outcomes in one further right",
    before: `
      scenario "x" { // the first
        kvm unmap vm0 pasid 7 // before the detach
        free gpa => EBUSY// still attached
        dma nic read 0x1000 => fault no-pasid-entry wire 7 // nothing there
      } // x
    `,
    after: `
      scenario "x" {                            // the first
        kvm unmap vm0 pasid 7                   // before the detach
        free gpa                                => EBUSY                        // still attached
        dma nic read 0x1000                     => fault no-pasid-entry wire 7  // nothing there
      }  // x
    `,
  },
  {
    it: "move right together when one of them has to",
    before: `
      mdev wq0 on dsa { category 4 } // defPASID 1
      mdev wq1 on dsa { category 5 queue shared } // defPASID 2
      pdev nic at 3b:00.0 { category 0 }
      cpu { enqcmd } // no translation
    `,
    after: `
      mdev wq0 on dsa { category 4 }                // defPASID 1
      mdev wq1 on dsa { category 5  queue shared }  // defPASID 2
      pdev nic at 3b:00.0 { category 0 }
      cpu { enqcmd }                            // no translation
    `,
  },
  {
    it: "stay where they are: above, behind, between and before a closing brace",
    before: `
      // the file

      // the guest
      guest vm0 {
      // its memory
          memory ram at 0x0 + 1G


          // its devices
            bind nic
        // nothing more
      }
      // the end
    `,
    after: `
      // the file

      // the guest
      guest vm0 {
        // its memory
        memory ram at 0x0 + 1G

        // its devices
        bind nic
        // nothing more
      }
      // the end
    `,
  },
  {
    it: "behind a line may go on below, in the same column",
    before: `
      guest vm0 {
        memory ram at 0x0 + 1G  // its memory:
                                //   one gigabyte
        bind nic // and
         // something else
      }
    `,
    after: `
      guest vm0 {
        memory ram at 0x0 + 1G                  // its memory:
                                                //   one gigabyte
        bind nic                                // and
        // something else
      }
    `,
  },
  {
    it: "that end a line keep braces open",
    before: `
      pdev nic at 3b:00.0 { category 3 // a VF
      }
      cpu {
        // nothing at all
      }
    `,
    after: `
      pdev nic at 3b:00.0 {
        category 3                              // a VF
      }
      cpu {
        // nothing at all
      }
    `,
  },
  {
    it: "in the middle of a statement end its line, and it goes on below",
    before: `
      guest vm0 // a VMM
      {
        map gpa 0x0 // from
          + 4K -> ram
          // one page
          => EEXIST
      }
    `,
    after: `
      guest vm0                                 // a VMM
      {
        map gpa 0x0                             // from
            + 4K -> ram
            // one page
                                                => EEXIST
      }
    `,
  },
  {
    it: "between stars stay beside the same words",
    before: `
      iommu vtd { /* all defaults */ }
      pdev nic at /* a VF */ 3b:00.0 { category 3/* plain */ pasid-width 16 }
      guest vm0 { bind nic /* first */ /* a */ bind vf }
      /* last */ cpu { }
    `,
    after: `
      iommu vtd { /* all defaults */ }
      pdev nic at /* a VF */ 3b:00.0 { category 3 /* plain */  pasid-width 16 }
      guest vm0 {
        bind nic                                /* first */ /* a */
        bind vf
      }
      /* last */ cpu { }
    `,
  },
  {
    it: "over several lines move as a whole",
    before: `
      guest vm0 {
            /* Two devices,
             *   one group:
            all or none. */
      bind nic
      }
    `,
    after: `
      guest vm0 {
        /* Two devices,
         *   one group:
        all or none. */
        bind nic
      }
    `,
  },
]);

table("empty lines", [
  {
    it: "are kept one by one, but not at the edges of a block or a file",
    before: `

      uapi v1


      guest vm0 {

        memory ram at 0x0 + 1G


        ioasid gpa

      }

    `,
    after: `
      uapi v1

      guest vm0 {
        memory ram at 0x0 + 1G

        ioasid gpa
      }
    `,
  },
  {
    it: "keep braces open",
    before: `
      iommu vtd {

        pasid-width 20

        ats

      }
    `,
    after: `
      iommu vtd {
        pasid-width 20

        ats
      }
    `,
  },
]);

describe("the ends of lines", () => {
  const written = "cpu { }  \n\nguest vm0 {\n bind nic // x \t\n}";
  const wanted = "cpu { }\n\nguest vm0 {\n  bind nic                                // x\n}\n";
  const crlf = (text: string) => text.replaceAll("\n", "\r\n");

  it("are LF, with one behind the last line and no blanks before any", () => {
    assert.equal(format(written), wanted);
  });

  it("stay CR LF in a file that has them everywhere", () => {
    assert.equal(format(crlf(written)), crlf(wanted));
    assert.equal(format("/* a\r\n b */ cpu { }\r\n"), "/* a\r\n b */ cpu { }\r\n");
  });

  it("become LF in a file that mixes them", () => {
    assert.equal(format(written.replace("\n", "\r\n")), wanted);
    assert.equal(format(written.replace("{\n", "{\r")), wanted);
  });

  it("come without a byte order mark", () => {
    assert.equal(format(`\ufeff${written}`), wanted);
    assert.equal(format("\ufeff// only a comment"), "// only a comment\n");
  });

  it("are none in a text of blanks", () => {
    assert.equal(format(""), "");
    assert.equal(format(" \n\t\r\n"), "");
  });
});

describe("what is not understood", () => {
  it("stays byte for byte, and the statements around it are laid out", () => {
    const text = 'scenario "x" {\n      dma   nic raed   0x1000=>ram\n  free   gpa=>EBUSY\n}';
    assert.deepEqual(formatted(text), {
      text: 'scenario "x" {\n  dma   nic raed   0x1000=>ram\n  free gpa                                => EBUSY\n}\n',
      kept: [{ start: 21, end: 49 }],
    });
  });

  it("keeps its lines and their indentation", () => {
    const text = "cpu  {  }\n    pdev nic at here\n         {   category 3 }\ncpu{}";
    assert.equal(format(text), "cpu { }\n    pdev nic at here\n         {   category 3 }\ncpu { }\n");
  });

  it("may be between statements", () => {
    assert.equal(format("cpu{}\n\n\n???   what  \ncpu{}"), "cpu { }\n\n???   what\ncpu { }\n");
  });

  for (const [what, text] of [
    ["a brace too many", "cpu  { }\n}\nguest  vm0 { }\n"],
    ["a brace too few", 'guest  vm0 {\n  bind  nic\nscenario  "x" { }\n'],
    ["a comment without an end", "cpu  { }\n/* and so on\n"],
    ["no text", "\u0000\u0001\u0002\u0003\u0004"],
  ] as const) {
    it(`leaves a file with ${what} alone`, () => {
      assert.deepEqual(formatted(text), { text, kept: [{ start: 0, end: text.length }] });
    });
  }
});
