import assert from "node:assert/strict";
import { parse } from "../../../engine/language/syntax/index.js";
import { parseMarked } from "./marked.js";
import { print } from "./print.js";

/** Text with marked issues, and the tree that is understood all the same. */
function check(text: string, tree: string): void {
  assert.equal(print(parseMarked(text)).replaceAll("\n", " "), tree);
}

const inGuest = (tree: string) => `(guest name=g items=[${tree}])`;

describe("an unfinished statement", () => {
  it("ends where a reserved word is first on a line", () => {
    check(
      `guest g {
  attach nic ->
  //         ^^ S011: a space
  map s
  //  ^ S011: a range
  bind nic
}`,
      inGuest("(attach device=nic) (map space=s) (bind device=nic)"),
    );
  });

  it("ends where the next one begins on the same line", () => {
    check(
      `guest g {
  attach  bind nic
//^^^^^^ S011: a device
  bind free => EBUSY
  //   ^^^^ S026
}`,
      inGuest("(attach) (bind device=nic) (bind device=free outcome=(outcome result=(errno errno=EBUSY)))"),
    );
  });

  it("may be the end of the file", () => {
    for (const text of [
      "guest",
      "guest g {\n  map s 0x0 +",
      "scenario",
      'scenario "x" {\n  info vm0.',
      "import",
      "pdev a at",
    ]) {
      assert.ok(parse(text).issues.length > 0, text);
    }
  });

  it("is told once, however much of it is missing", () => {
    check(
      `guest g {
  enqcmds
//^^^^^^^ S011: a guest
}`,
      inGuest("(enqcmds)"),
    );
  });

  it("does not take the next line for itself after `kvm` and after a dot", () => {
    check(
      `guest g {
  kvm
//^^^ S011: \`map\`, \`unmap\` or \`translation\`
  map s 0x0 + 4K -> ram
  info vm0.
  //      ^ S011: a name after the dot
  free s
}`,
      inGuest("(kvm-unknown) (map space=s range=0x0+4K target=ram) (info subject=vm0.) (free space=s)"),
    );
  });

  it("keeps its outcome", () => {
    check(
      `guest g {
  attach nic pasid => EBUSY
  //               ^^ S011: a PASID
}`,
      inGuest("(attach device=nic pasid=? outcome=(outcome result=(errno errno=EBUSY)))"),
    );
  });
});

describe("a mistyped word", () => {
  it("of a statement is read as what it is like", () => {
    check(
      `gest g {
//<S009
  atach nic -> gpa
//^^^^^ S009: attach
}`
        .replace("//<S009", "//^^ S009")
        .replace("gest g {\n//^^ S009", "gest g {\n//<S009"),
      inGuest("(attach device=nic space=gpa)"),
    );
  });

  it("of a property is read as what it is like", () => {
    check(
      `iommu vtd {
  pasid-widht 20  nestng hardwear
//^^^^^^^^^^^ S016: pasid-width
  //              ^^^^^^ S016: nesting
  //                     ^^^^^^^^ S019: hardware
}`,
      "(iommu name=vtd properties=[(pasid-width 20) (nesting hardware)])",
    );
  });

  it("inside a statement is read as what it is like", () => {
    check(
      `scenario "s" {
  dma nic passid 7 read 0x0
  //      ^^^^^^ S010: pasid
  dma nic raed 0x0
  //      ^^^^ S019: read
  detach nic form s
  //         ^^^^ S010: from
  respond s 0x0 succes
  //            ^^^^^^ S019: success
  assert isolatd a, b
  //     ^^^^^^^ S019: isolated
  kvm translation vm0 onn
  //                  ^^^ S019: on
  ioasid t pagetable
  //       ^^^^^^^^^ S019: page-table
  assert reports d pasid delegatd
  //                     ^^^^^^^^ S019: delegated
}`,
      '(scenario title="s" steps=[(dma device=nic pasid=7 access=read address=0x0) (dma device=nic access=read address=0x0) ' +
        "(detach device=nic space=s) (respond space=s address=0x0 response=success) " +
        "(assert assertion=(isolated a=a b=b)) (kvm-translation owner=vm0 state=on) (ioasid name=t table=page-table) " +
        "(assert assertion=(reports device=d flags=[pasid delegated]))])",
    );
  });

  it("of an outcome or a fault is told with the nearest one", () => {
    check(
      `scenario "s" {
  free a => EBUSSY
  //        ^^^^^^ S024: EBUSY
  free b => page-requst
  //        ^^^^^^^^^^^ S024: page-request
  free c => not-mapped
  //        ^^^^^^^^^^ S024: fault not-mapped
  free d => fault not-maped wire 7
  //              ^^^^^^^^^ S025: not-mapped
  free e => vm-exit 74
  //                ^^ S027: 74
  free f => fault whatever
  //              ^^^^^^^^ S025
}`,
      '(scenario title="s" steps=[(free space=a outcome=(outcome)) (free space=b outcome=(outcome)) (free space=c outcome=(outcome)) ' +
        "(free space=d outcome=(outcome result=(fault name=not-mapped) wire=7)) (free space=e outcome=(outcome result=(vm-exit))) " +
        "(free space=f outcome=(outcome result=(fault)))])",
    );
  });
});

describe("braces", () => {
  it("are closed before a statement that belongs outside", () => {
    check(
      `guest g {
  //    ^ S013: guest g
  ioasid s {
    //     ^ S013: ioasid s
    map 0x0 + 4K -> ram
  bind nic
scenario "t" {
  //         ^ S013
  free s`,
      `${inGuest("(ioasid name=s body={(map range=0x0+4K target=ram)}) (bind device=nic)")} (scenario title="t" steps=[(free space=s)])`,
    );
  });

  it("may be forgotten where what follows belongs inside", () => {
    check(
      `guest g
//    ^ S012: guest g
  bind nic
}
cpu enqcmd }
//<S012: cpu
pdev a at 3b:00.0
//        ^^^^^^^ S012: pdev a
pdev b at 3b:00.1 { }`,
      `${inGuest("(bind device=nic)")} (cpu properties=[enqcmd]) (pdev name=a address=3b:00.0 properties=[]) (pdev name=b address=3b:00.1 properties=[])`,
    );
  });

  it("too many are told once", () => {
    check(
      `cpu { } } }
//      ^ S014
iommu a { }`,
      "(cpu properties=[]) (iommu name=a properties=[])",
    );
  });

  it("that open nothing are skipped with what is in them", () => {
    check(
      `guest g {
  { free a { free b } }
//^ S009
  free c
}`,
      inGuest("(free space=c)"),
    );
  });

  it("of a block of properties end before the next declaration", () => {
    check(
      `iommu a { ats
//      ^ S013
pdev b at 3b:00.0 { }`,
      "(iommu name=a properties=[ats]) (pdev name=b address=3b:00.0 properties=[])",
    );
  });
});

describe("a statement in the wrong place", () => {
  it("is kept, and wrapped", () => {
    check(
      `scenario "s" {
  pdev late at 3b:00.0 { }
//^^^^ S015: inside a \`scenario\`
  info late
  memory m at 0 + 1
//^^^^^^ S015
  ioasid t { free t }
  //         ^^^^ S015: inside the braces of a table
}`,
      '(scenario title="s" steps=[(misplaced (pdev name=late address=3b:00.0 properties=[])) (info subject=late) ' +
        "(misplaced (memory name=m range=0+1)) (ioasid name=t body={(misplaced (free space=t))})])",
    );
  });

  it("is told once where a block lost its first line", () => {
    check(
      `  memory m at 0 + 1
//^^^^^^ S015: on the top level
  bind nic
  attach nic -> s
}
//<S014
cpu { }`,
      "(misplaced (memory name=m range=0+1)) (misplaced (bind device=nic)) (misplaced (attach device=nic space=s)) (cpu properties=[])",
    );
  });

  it("includes `uapi` that is not first, or second", () => {
    check(
      `cpu { }
uapi v1
//<S021
uapi v2
//<S022
`,
      "(cpu properties=[]) (uapi version=v1 properties=[]) (uapi version=v2 properties=[])",
    );
  });

  it("leaves to names what only one kind of owner has", () => {
    assert.deepEqual(parse("native n { kvm unmap pasid 7  process p { } }  guest g { sva d }").issues, []);
  });
});

describe("garbage", () => {
  it("between statements is told once, and nothing around it is lost", () => {
    check(
      `guest g {
  bind a
  lorem ipsum dolor
//^^^^^ S009
  consectetur adipiscing elit
  bind b
}`,
      inGuest("(bind device=a) (bind device=b)"),
    );
  });

  it("in a statement is skipped up to its outcome", () => {
    check(
      `guest g {
  bind a very much { so } => EBUSY
  //     ^^^^ S010
  bind b
}`,
      inGuest("(bind device=a outcome=(outcome result=(errno errno=EBUSY))) (bind device=b)"),
    );
  });

  it("behind a block belongs to the statement around the block", () => {
    check(
      `guest g {
  ioasid s { map
    //       ^^^ S011
  } loudly => EBUSY
  //^^^^^^ S010: ioasid
} => ok
//^^ S029: guest`,
      inGuest("(ioasid name=s body={(map)} outcome=(outcome result=(errno errno=EBUSY)))"),
    );
  });

  it("of unknown characters is told by the lexer alone", () => {
    check(
      `guest g {
  bind a;
  //    ^ S001
  map s 0x0 @ 4K -> ram
  //        ^ S001
  bind b
}`,
      inGuest("(bind device=a) (map space=s range=0x0+? target=4K) (bind device=b)"),
    );
  });

  it("that is no text is told in one sentence", () => {
    const bytes = Array.from({ length: 5000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join("");
    assert.deepEqual(
      parse(bytes).issues.map(({ rule }) => rule),
      ["S008"],
    );
  });

  it("is told two hundred times at most, and then that there is more", () => {
    const { issues } = parse("guest g {\n  attach nic\n  bind ä\n".repeat(1000));
    assert.equal(issues.length, 201);
    assert.equal(issues.at(-1)?.rule, "S028");
  });
});

describe("mistakes in the small", () => {
  it("are told where they are, and leave the rest as it is", () => {
    check(
      `uapi iommufd
//   ^^^^^^^ S023
import "a
//     ^^ S002
pdev a at 3b:00.9 { category  pasid-width 16 pasid-width 8 }
//        ^^^^^^^ S006
//                  ^^^^^^^^ S018: category
//                                           ^^^^^^^^^^^ S017
guest gäste {
//    ^^^^^ S001
  memory g.ram at 0 + 0
  //     ^^^^^ S031: ram
  //              ^^^^^ S020: empty
  map 1s 0xFF + 99999999P - > ram
  //  ^^ S005
  //     ^^^^ S005
  //            ^^^^^^^^^ S004
  //                      ^^^ S007
  allow everything
  //    ^^^^^^^^^^ S030
  ioasid s { map s 0 + 1 -> 2 }
  //             ^ S032
  process pasid { pasid 7 }
  //      ^^^^^ S026
}
group cpu { }
//<S011`,
      '(uapi version=iommufd properties=[]) (import path="a") (pdev name=a address=3b:00.9 properties=[category (pasid-width 16) (pasid-width 8)]) ' +
        "(guest name=gäste items=[(memory name=g.ram range=0+0) (map space=1s range=0xFF+99999999P target=ram) (allow) " +
        "(ioasid name=s body={(map space=s range=0+1 target=2)}) (process name=pasid properties=[(pasid 7)])]) (group members=[]) (cpu properties=[])",
    );
  });

  it("include parts that are there without what they belong to", () => {
    check(
      `guest g {
  ioasid s at 0x1000
  //       ^^ S011: \`page-table\` or \`pasid-table\`
  info vm0.map
  //       ^^^ S026
  kvm unmap
  //  ^^^^^ S011: \`pasid\` and its number
  assert reaches a to ram
  //               ^^ S011
  free => wire 7
  //   ^^ S011: a space
  //      ^^^^ S011: an outcome
}`,
      inGuest(
        "(ioasid name=s at=0x1000) (info subject=vm0.map) (kvm-unmap) " +
          "(assert assertion=(reaches from=a region=ram)) (free outcome=(outcome wire=7))",
      ),
    );
  });

  it("include each kind of property without its value", () => {
    check(
      `iommu i { nesting page-sizes reserved format }
//        ^^^^^^^ S018: \`hardware\`, \`software\` or \`none\`
//                ^^^^^^^^^^ S018: sizes
//                           ^^^^^^^^ S018: a range
//                                    ^^^^^^ S018: format
pdev p at 3b:00.0 { vf nic  vf of }
//                  ^^ S018
//                          ^^ S017
//                             ^^ S018
mdev m on p { queue
//          ^ S013
//            ^^^^^ S018`,
      "(iommu name=i properties=[nesting page-sizes reserved format]) " +
        "(pdev name=p address=3b:00.0 properties=[vf vf]) (mdev name=m parent=p properties=[queue])",
    );
  });

  it("include an outcome of what is no step", () => {
    check(
      `cpu { } => ok
//      ^^ S029: cpu
guest g {
  memory m at 0 + 1 => ok
  //                ^^ S029: memory
}`,
      "(cpu properties=[]) (guest name=g items=[(memory name=m range=0+1)])",
    );
  });
});
