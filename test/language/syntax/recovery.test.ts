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
  //         ^^ S011: an IOASID
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

  it("goes on behind a comma that belongs to no list", () => {
    check(
      `pdev nic at 3b:00.0, behind vtd { category 3 }
//                 ^ S010
guest g, {
//     ^ S010
  bind, nic
  //  ^ S010
  map s, 0x0 + 4K, -> ram
  //   ^ S010
  info s, bind wq
  //    ^ S010
}`,
      "(pdev name=nic address=3b:00.0 iommu=vtd properties=[(category 3)]) " +
        inGuest("(bind device=nic) (map space=s range=0x0+4K target=ram) (info subject=s) (bind device=wq)"),
    );
  });

  it("takes no more than its own line for a brace that it cannot have", () => {
    check(
      `guest g {
  kvm map { pasid 7 -> gva
  //      ^ S011
  attach nic -> gpa
}`,
      inGuest("(kvm-map) (attach device=nic space=gpa)"),
    );
  });

  it("of the call of KVM is understood with its owner in the wrong place", () => {
    check(
      `guest g {
  kvm vm0 unmap pasid 7
  //  ^^^ S019
}`,
      inGuest("(kvm-unmap pasid=7)"),
    );
  });

  it("is not taken for a declaration of the CPU when it speaks of a flag", () => {
    check(
      `scenario "s" {
  assert wq0 pasid cpu cpu-virt
  //     ^^^ S019
  info s
}`,
      '(scenario title="s" steps=[(assert) (info subject=s)])',
    );
  });

  it("is not made of a name that is like a short word", () => {
    check(
      `guest g {
  gva on gpa
//^^^ S009
  mpa s 0x0 + 4K -> ram
//^^^ S009: map
}`,
      inGuest("(map space=s range=0x0+4K target=ram)"),
    );
  });

  it("does not mind commas in a list", () => {
    check(
      "cpu { enqcmd, , pasid-translation, } group h { a, b, }",
      "(cpu properties=[enqcmd pasid-translation]) (group name=h members=[a b])",
    );
    assert.deepEqual(
      parse('scenario "x" { assert isolated a pasid any, b assert reports a pasid, cpu, cpu-virt }').issues,
      [],
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

  it("are closed before a misspelt declaration too", () => {
    check(
      `guest g {
  //    ^ S013
  bind nic
gest h { }
//<S009: guest`,
      `${inGuest("(bind device=nic)")} (guest name=h items=[])`,
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

describe("a brace that is forgotten, doubled or swallowed", () => {
  it("is forgotten before the lines of a table", () => {
    check(
      `guest g {
  bind-pgtable s pte 0x0 + 4K -> 0x0 }
  //             ^^^ S012
  bind nic
}`,
      inGuest("(bind-table table=page-table space=s body={(pte range=0x0+4K target=0x0)}) (bind device=nic)"),
    );
  });

  it("closes a block too early: what is indented behind it still belongs to the block", () => {
    check(
      `scenario "s" {
  info } s
//^^^^ S011
  //     ^ S009
  info a
//^^^^ S015
  info b
}
cpu { }`,
      '(scenario title="s" steps=[(info) (info subject=a) (info subject=b)]) (cpu properties=[])',
    );
    check(
      `guest g { bind nic }
bind wq
//^^ S015`.replace("//^^", "//<"),
      `${inGuest("(bind device=nic)")} (misplaced (bind device=wq))`,
    );
  });

  it("closes a block that was not opened", () => {
    check(
      `guest g }
//    ^ S012
scenario "s" } {
//       ^^^ S012
  info a
}`,
      '(guest name=g items=[]) (scenario title="s" steps=[(info subject=a)])',
    );
  });

  it("is doubled behind the brace of a block", () => {
    check(
      `guest g { {
//        ^ S009
  bind nic
}`,
      inGuest("(bind device=nic)"),
    );
  });

  it("is part of a string or comment that does not end: that is told, and nothing else", () => {
    check(
      `scenario "s {
//       ^^^^ S002
  info s
}
iommu v { pasid-width "20 }
//                    ^^^^^ S002
guest g {
  bind /* nic }
//     ^^ S003`,
      '(scenario title="s {" steps=[(info subject=s)]) (iommu name=v properties=[pasid-width]) (guest name=g items=[(bind)])',
    );
  });
});
