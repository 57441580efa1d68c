import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { CONTEXT_WORDS, ERRNO_NAMES, FAULT_NAMES, parse } from "../../../engine/language/syntax/index.js";
import { print } from "./print.js";

/** Source text, and its tree in short. */
type Table = readonly (readonly [source: string, tree: string])[];

function check(source: string, tree: string): void {
  const file = parse(source);
  assert.deepEqual(file.issues, []);
  assert.equal(print(file), tree);
}

const DECLARATIONS: Table = [
  ["uapi v1", "(uapi version=v1 properties=[])"],
  ["uapi v2 { }", "(uapi version=v2 properties=[])"],
  [
    "uapi v1 { pasid-policy precise  kvm-map authorized-set }",
    "(uapi version=v1 properties=[(pasid-policy precise) (kvm-map authorized-set)])",
  ],
  [
    "uapi v2 { pasid-policy simple, kvm-map ioasid }",
    "(uapi version=v2 properties=[(pasid-policy simple) (kvm-map ioasid)])",
  ],
  ['import "platforms/spr.ioasid"', '(import path="platforms/spr.ioasid")'],
  ["iommu vtd { }", "(iommu name=vtd properties=[])"],
  [
    "iommu i { pasid-width 20 address-width 48 nesting hardware pasid-table kernel ats page-requests }",
    "(iommu name=i properties=[(pasid-width 20) (address-width 48) (nesting hardware) (pasid-table kernel) ats page-requests])",
  ],
  [
    "iommu i { page-sizes 4K, 2M 1G reserved 0xfee0_0000 + 1M reserved 0x0..0xfff no-snoop-control }",
    "(iommu name=i properties=[(page-sizes [4K 2M 1G]) (reserved 0xfee0_0000+1M) (reserved 0x0..0xfff) no-snoop-control])",
  ],
  [
    "iommu smmu { dirty-tracking format arm-s1 no-pasid entry-0 nesting none pasid-table guest }",
    "(iommu name=smmu properties=[dirty-tracking (format arm-s1) (no-pasid entry-0) (nesting none) (pasid-table guest)])",
  ],
  ["cpu { enqcmd pasid-translation }", "(cpu properties=[enqcmd pasid-translation])"],
  ["pdev dsa at 6a:01.0 { }", "(pdev name=dsa address=6a:01.0 properties=[])"],
  [
    "pdev vf at 0000:3b:00.1 behind vtd { vf of nic category 3 pasid-width 16 ats page-requests enqcmd exec priv }",
    "(pdev name=vf address=0000:3b:00.1 iommu=vtd properties=[(vf nic) (category 3) (pasid-width 16) ats page-requests enqcmd exec priv])",
  ],
  [
    "pdev p at 00:00.0 { hide pasid hide enqcmd }",
    "(pdev name=p address=00:00.0 properties=[(hide pasid) (hide enqcmd)])",
  ],
  [
    "mdev wq0 on dsa { category 5 queue shared hide enqcmd }",
    "(mdev name=wq0 parent=dsa properties=[(category 5) (queue shared) (hide enqcmd)])",
  ],
  ["group g { a, b c }", "(group name=g members=[a b c])"],
  ["guest vm0 { }", "(guest name=vm0 items=[])"],
  ["native dpdk { }", "(native name=dpdk items=[])"],
  ['scenario "two words" { }', '(scenario title="two words" steps=[])'],
  ["allow P009", "(allow rule=P009)"],
];

const IN_OWNERS: Table = [
  ["memory ram at 0x4000_0000 + 1G", "(memory name=ram range=0x4000_0000+1G)"],
  [
    "memory ram at 0x0..0xfff backed-by 0x1_0000_0000",
    "(memory name=ram range=0x0..0xfff backedBy=0x1_0000_0000)",
  ],
  ["process db { pasid 7 }", "(process name=db properties=[(pasid 7)])"],
  ["viommu { pasid-width 8 }", "(viommu properties=[(pasid-width 8)])"],
  ["sva dev", "(sva device=dev)"],
  ["sva dev as 3 => ok", "(sva device=dev physical=3 outcome=(outcome result=(ok)))"],
];

const STEPS: Table = [
  ["ioasid gpa", "(ioasid name=gpa)"],
  ["ioasid vm0.gva on vm0.gpa", "(ioasid name=vm0.gva parent=vm0.gpa nested)"],
  [
    "ioasid gva on gpa page-table at 0x1000 format vtd-s1",
    "(ioasid name=gva parent=gpa nested table=page-table at=0x1000 format=vtd-s1)",
  ],
  [
    "ioasid pt on gpa pasid-table at 0x2000",
    "(ioasid name=pt parent=gpa nested table=pasid-table at=0x2000)",
  ],
  [
    "ioasid gpa { map 0x0 + 1G -> ram rx }",
    "(ioasid name=gpa body={(map range=0x0+1G target=ram access=rx)})",
  ],
  [
    "ioasid t on gpa pasid-table { entry 7 -> gva entry 8 none }",
    "(ioasid name=t parent=gpa nested table=pasid-table body={(entry pasid=7 space=gva) (entry pasid=8 space=none)})",
  ],
  ["free gpa", "(free space=gpa)"],
  ["bind-pgtable gva", "(bind-table table=page-table space=gva)"],
  [
    "bind-pgtable gva at 0x1000 format f { pte 0x7f00_0000_0000 + 2M -> 0x20_0000 rw }",
    "(bind-table table=page-table space=gva at=0x1000 format=f body={(pte range=0x7f00_0000_0000+2M target=0x20_0000 access=rw)})",
  ],
  ["unbind-pgtable gva", "(unbind-table table=page-table space=gva)"],
  ["bind-pasid-table t at 4K", "(bind-table table=pasid-table space=t at=4K)"],
  ["unbind-pasid-table t", "(unbind-table table=pasid-table space=t)"],
  ["map gpa 0x0 + 1G -> ram", "(map space=gpa range=0x0+1G target=ram)"],
  ["map vm0.gpa 0..4095 -> ram[0x1000] r", "(map space=vm0.gpa range=0..4095 target=ram[0x1000] access=r)"],
  ["map s 1 + 2 -> ram[0 + 4K] w", "(map space=s range=1+2 target=ram[0+4K] access=w)"],
  ["map s 1 + 2 -> ram[0..4095] rwx", "(map space=s range=1+2 target=ram[0..4095] access=rwx)"],
  ["map s 1 + 2 -> 0x1000", "(map space=s range=1+2 target=0x1000)"],
  ["unmap gpa 0x0 + 1G", "(unmap space=gpa range=0x0+1G)"],
  ["pte gva 0x1000 + 4K -> 0x2000 rw", "(pte space=gva range=0x1000+4K target=0x2000 access=rw)"],
  ["pte gva 0x1000 + 4K none", "(pte space=gva range=0x1000+4K target=none)"],
  ["entry table 7 -> gva", "(entry table=table pasid=7 space=gva)"],
  ["entry table 7 none", "(entry table=table pasid=7 space=none)"],
  ["invalidate gva", "(invalidate space=gva)"],
  ["invalidate gva 0x1000 + 4K", "(invalidate space=gva range=0x1000+4K)"],
  ["register ram", "(register region=ram)"],
  ["unregister vm0.ram[0 + 4K]", "(unregister region=vm0.ram[0+4K])"],
  ["bind wq0", "(bind device=wq0)"],
  ["bind wq0 to vm0", "(bind device=wq0 owner=vm0)"],
  ["unbind wq0", "(unbind device=wq0)"],
  ["attach wq0 -> gpa", "(attach device=wq0 space=gpa)"],
  ["attach wq0 pasid 7 -> gva", "(attach device=wq0 pasid=7 space=gva)"],
  ["attach wq0 pasid 7 as 9 -> gva", "(attach device=wq0 pasid=7 physical=9 space=gva)"],
  ["detach wq0 from gpa", "(detach device=wq0 space=gpa)"],
  ["detach wq0 pasid 7 from gva", "(detach device=wq0 pasid=7 space=gva)"],
  ["kvm map pasid 7 -> gva", "(kvm-map pasid=7 space=gva)"],
  ["kvm map vm0 pasid 7 -> gva", "(kvm-map owner=vm0 pasid=7 space=gva)"],
  ["kvm unmap pasid 7", "(kvm-unmap pasid=7)"],
  ["kvm unmap vm0 pasid 7", "(kvm-unmap owner=vm0 pasid=7)"],
  ["kvm translation on", "(kvm-translation state=on)"],
  ["kvm translation vm0 off", "(kvm-translation owner=vm0 state=off)"],
  ["kvm translation on off", "(kvm-translation owner=on state=off)"],
  ["info gpa", "(info subject=gpa)"],
  ["dma nic read 0x1000", "(dma device=nic access=read address=0x1000)"],
  ["dma nic pasid 7 write 0x1000 + 4K priv", "(dma device=nic pasid=7 access=write address=0x1000+4K priv)"],
  ["dma nic exec 0..1", "(dma device=nic access=exec address=0..1)"],
  ["enqcmd db to wq0 write 0x1000", "(enqcmd process=db device=wq0 access=write address=0x1000)"],
  ["enqcmds vm0 pasid 7 to wq0 read 0", "(enqcmds owner=vm0 pasid=7 device=wq0 access=read address=0)"],
  ["set-pasid db 7", "(set-pasid process=db value=7)"],
  ["set-pasid vm0.db none", "(set-pasid process=vm0.db value=none)"],
  ["respond gva 0x1000 success", "(respond space=gva address=0x1000 response=success)"],
  [
    "respond gva 0x1000 invalid for nic pasid 7",
    "(respond space=gva address=0x1000 response=invalid device=nic pasid=7)",
  ],
  ["migrate vm0", "(migrate owner=vm0)"],
  ["allow P030", "(allow rule=P030)"],
  ["assert isolated vm0, vm1", "(assert assertion=(isolated a=vm0 b=vm1))"],
  ["assert isolated a pasid 7 b pasid any", "(assert assertion=(isolated a=(a pasid 7) b=(b pasid any)))"],
  [
    "assert reaches nic -> ram[0 + 4K] rw",
    "(assert assertion=(reaches from=nic region=ram[0+4K] access=rw))",
  ],
  ["assert reaches vm0 -> vm0.ram", "(assert assertion=(reaches from=vm0 region=vm0.ram))"],
  ["assert ppasid wq0 == 1", "(assert assertion=(ppasid device=wq0 value=1))"],
  ["assert ppasid wq0 pasid 7 == none", "(assert assertion=(ppasid device=wq0 pasid=7 value=none))"],
  ["assert kvm vm0 pasid 7 == 2", "(assert assertion=(kvm owner=vm0 pasid=7 value=2))"],
  ["assert kvm vm0 pasid 7 == none", "(assert assertion=(kvm owner=vm0 pasid=7 value=none))"],
  ["assert reports wq0 none", "(assert assertion=(reports device=wq0 flags=[none]))"],
  ["assert reports wq0 pasid", "(assert assertion=(reports device=wq0 flags=[pasid]))"],
  [
    "assert reports wq0 pasid delegated cpu cpu-virt",
    "(assert assertion=(reports device=wq0 flags=[pasid delegated cpu cpu-virt]))",
  ],
];

const OUTCOMES: Table = [
  ["ok", "result=(ok)"],
  ["EBUSY", "result=(errno errno=EBUSY)"],
  ["ram", "result=ram"],
  ["ram[0x20_1000]", "result=ram[0x20_1000]"],
  ["vm0.ram[0x1000] wire 2", "result=vm0.ram[0x1000] wire=2"],
  ["0x1_0000_1000 wire none", "result=0x1_0000_1000 wire=none"],
  ["fault", "result=(fault)"],
  ["fault wire 7", "result=(fault) wire=7"],
  ["fault no-pasid-entry wire 7", "result=(fault name=no-pasid-entry) wire=7"],
  ["fault 0x59", "result=(fault code=0x59)"],
  ["page-request", "result=(page-request)"],
  ["vm-exit", "result=(vm-exit)"],
  ["vm-exit 72", "result=(vm-exit reason=72)"],
  ["vm-exit 73", "result=(vm-exit reason=73)"],
  ["#gp", "result=(gp)"],
  ["refused", "result=(refused)"],
  // A memory may bear the name of an outcome; then it is told by its offset or its owner.
  ["ok[0x0]", "result=ok[0x0]"],
  ["fault.ram", "result=fault.ram"],
  ["wire[0x0] wire 7", "result=wire[0x0] wire=7"],
  ["wire", "result=wire"],
];

describe("the forms of declarations", () => {
  for (const [source, tree] of DECLARATIONS) it(source, () => check(source, tree));
});

describe("the forms inside an owner", () => {
  for (const [source, tree] of IN_OWNERS) {
    it(source, () => check(`native n { ${source} }`, `(native name=n items=[${tree}])`));
  }
});

describe("the forms of steps", () => {
  for (const [source, tree] of STEPS) {
    it(source, () => check(`scenario "s" { ${source} }`, `(scenario title="s" steps=[${tree}])`));
  }

  it("take an outcome each, on the same line or on the next", () => {
    for (const [source, tree] of STEPS) {
      for (const gap of [" ", "\n"]) {
        const expected = `${tree.slice(0, -1)} outcome=(outcome result=(errno errno=EINVAL)))`;
        check(`guest g { ${source}${gap}=> EINVAL }`, `(guest name=g items=[${expected}])`);
      }
    }
  });

  it("need no line break between them", () => {
    const sources = STEPS.map(([source]) => source).join(" ");
    check(`guest g { ${sources} }`, `(guest name=g items=[${STEPS.map(([, tree]) => tree).join(" ")}])`);
  });

  it("mean the same with a line break at every blank", () => {
    for (const [source, tree] of [...IN_OWNERS, ...STEPS]) {
      check(`guest g {\n${source.replaceAll(" ", "\n")}\n}`, `(guest name=g items=[${tree}])`);
    }
  });

  it("mean the same with a comment at every blank", () => {
    for (const [source, tree] of STEPS) {
      check(`guest g { ${source.replaceAll(" ", "/* */")} }`, `(guest name=g items=[${tree}])`);
    }
  });
});

describe("the forms of outcomes", () => {
  for (const [source, tree] of OUTCOMES) {
    it(`=> ${source}`, () => {
      check(
        `scenario "s" { info x => ${source} free y }`,
        `(scenario title="s" steps=[(info subject=x outcome=(outcome ${tree})) (free space=y)])`,
      );
    });
  }
});

describe("words in their place", () => {
  const NAMES = /(?<![\w-])(?:wq0|nic|gpa|gva|vm0|vm1|db|ram|dev|table|s|t|a|b)(?![\w-])/g;

  it("are free as names everywhere else", () => {
    for (const word of [...CONTEXT_WORDS, ...FAULT_NAMES, ...ERRNO_NAMES]) {
      for (const [source] of STEPS) {
        const file = parse(`scenario "s" { ${source.replace(NAMES, word)} free x }`);
        assert.deepEqual(file.issues, [], source.replace(NAMES, word));
        assert.equal(file.items[0]?.kind === "scenario" && file.items[0].steps.length, 2);
      }
    }
  });
});

describe("the shipped examples", () => {
  it("have no syntax issue", () => {
    for (const name of ["guest-sva", "two-guests", "smmuv3", "migration"]) {
      assert.deepEqual(parse(readFileSync(`examples/${name}.ioasid`, "utf8")).issues, []);
    }
  });
});
