import assert from "node:assert/strict";
import { parse } from "../../../engine/language/syntax/index.js";
import { parseMarked } from "./marked.js";
import { print } from "./print.js";

/** Text with marked issues, and the tree that is understood all the same. */
function check(text: string, tree: string): void {
  assert.equal(print(parseMarked(text)).replaceAll("\n", " "), tree);
}

const inGuest = (tree: string) => `(guest name=g items=[${tree}])`;

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

describe("mistakes in the small", () => {
  it("are told where they are, and leave the rest as it is", () => {
    check(
      `uapi v2
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
      '(uapi version=v2 properties=[]) (import path="a") (pdev name=a address=3b:00.9 properties=[category (pasid-width 16) (pasid-width 8)]) ' +
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
  //   ^^ S011: an IOASID
  //      ^^^^ S011: an outcome
}`,
      inGuest(
        "(ioasid name=s at=0x1000) (info subject=vm0.map) (kvm-unmap) " +
          "(assert assertion=(reaches from=a region=ram)) (free outcome=(outcome wire=7))",
      ),
    );
  });

  it("include a right word in the wrong place, which is no typing mistake", () => {
    const [issue] = parse("guest g { attach nic -> s pasid 7 }").issues;
    assert.deepEqual([issue?.rule, issue?.facts.found, issue?.facts.instead], ["S010", "`pasid`", undefined]);
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
