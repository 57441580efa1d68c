import assert from "node:assert/strict";
import { disagreements, runText } from "../../helpers/marks.js";

const HOST = `uapi iommufd
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest  no-pasid entry-0 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
pdev acc at 5e:00.0 behind smmu { category 3  pasid-width 16 }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
mdev soft on dsa { category 1 }
mdev wq0 on dsa { category 2 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind nic  bind acc  bind soft  bind wq0
  ioas gpa { map 0x0 + 1G -> ram }
  hwpt s2 on gpa for nic nest-parent pasid
  hwpt as2 on gpa for acc nest-parent
  fault-queue faults
}
`;

/** Scenarios on that host, each stating what comes of it. */
function runs(title: string, ...steps: string[]): void {
  it(title, () => {
    const text = `${HOST}scenario "it" {\n${steps.join("\n")}\n}\n`;
    // What a scenario leaves unused on the host that all of them share is not its matter.
    const told = disagreements(runText(text)).filter((each) => !/U09[5-8] warning: is not marked/.test(each));
    assert.deepEqual(told, []);
  });
}

describe("a configuration of iommufd", () => {
  runs(
    "has a guest own the PASID table of an SMMUv3, whose entries lead to page tables of its own",
    "viommu vm0.vs on as2 for acc",
    "vdevice vacc in vs for acc id 0x18",
    "hwpt cds on vs for acc data smmuv3 { at 0x1000 } { pte 0x7000 + 4K -> 0x3000 }",
    "hwpt other on vs for acc data smmuv3",
    "pte other 0x7000 + 4K -> 0x5000",
    "attach acc -> cds",
    "dma acc read 0x7000 => ram[0x3000]",
    "entry cds 5 -> other",
    "dma acc pasid 5 read 0x7000 => ram[0x5000]",
    "dma acc pasid 6 read 0x7000 => fault no-pasid-entry",
    "entry cds 5 none",
    "invalidate vs",
    "dma acc pasid 5 read 0x7000 => fault no-pasid-entry",
    "detach acc",
    "destroy other",
    "destroy cds",
    "dma acc read 0x7000 => fault no-pasid-entry",
  );

  runs(
    "has a slice in software read through an access",
    "attach soft -> gpa",
    "dma soft read 0x1000 => ram[0x1000]",
    "ioas vm0.empty",
    "replace soft -> empty",
    "dma soft read 0x1000 => fault not-mapped",
    "detach soft",
    "dma soft read 0x1000 => fault not-mapped",
    "attach soft -> gpa",
    "unbind soft",
    "destroy empty",
  );

  runs(
    "has a slice send the PASID that it was attached with",
    "attach wq0 pasid 5 -> s2",
    "dma wq0 read 0x1000 => ram[0x1000] wire 5",
    "replace wq0 pasid 5 -> s2",
    "detach wq0 pasid 5",
    "attach wq0 pasid 6 -> s2",
    "dma wq0 read 0x1000 => ram[0x1000] wire 6",
    "unbind wq0",
  );

  runs(
    "has a VMM mend a second stage by a map",
    "ioas vm0.lazy",
    "hwpt vm0.paged on lazy for nic fault faults",
    "attach nic -> paged",
    "dma nic read 0x1000 => page-request",
    "map lazy 0x1000 + 4K -> ram",
    "respond faults 0x1000 success for nic => ram",
    "dma nic read 0x5000 => page-request",
    "respond faults 0x5000 invalid for nic pasid 3 => EINVAL",
    "respond faults 0x5000 invalid => fault not-mapped",
    "dma nic read 0x6000 => page-request",
    "detach nic",
    "respond faults 0x6000 success => EINVAL",
    "destroy paged",
    "destroy faults",
  );

  runs(
    "moves to another host with its objects, tables and numbers",
    "hwpt vm0.gva on s2 for nic pasid fault faults data vtd-s1 { at 0x1000 } { pte 0x7000 + 4K -> 0x3000 }",
    "viommu vm0.vs on as2 for acc",
    "vdevice vacc in vs for acc id 0x18",
    "hwpt cds on vs for acc data smmuv3 { pte 0x7000 + 4K -> 0x4000 }",
    "hwpt more on vs for acc data smmuv3 { pte 0x7000 + 4K -> 0x5000 }",
    "entry cds 5 -> more",
    "allow-iovas gpa 0x0 + 1G",
    "attach nic -> s2",
    "attach nic pasid 7 -> gva",
    "attach acc -> cds",
    "attach soft -> gpa",
    "attach wq0 pasid 5 -> s2",
    "set-pasid db none",
    "migrate vm0",
    "dma nic read 0x1000 => ram[0x1000]",
    "dma nic pasid 7 read 0x7000 => ram[0x3000] wire 7",
    "dma acc read 0x7000 => ram[0x4000]",
    "dma acc pasid 5 read 0x7000 => ram[0x5000]",
    "dma soft read 0x1000 => ram[0x1000]",
    "dma wq0 read 0x1000 => ram[0x1000] wire 5",
    "map gpa 0x8000_0000 + 4K -> ram",
    "dma nic read 0x8000_0000 => ram",
    "set-pasid db 9",
    "migrate vm0",
  );

  it("moves with page tables that the kernel made, and the other guest stays behind", () => {
    const text = `${HOST}
pdev gpu at 5f:00.0 behind vtd { category 3  pasid-width 16 }
guest vm1 {
  memory rom at 0x1_0000_0000 + 1G
  process other { pasid 4 }
  bind gpu
  ioas low { map 0x0 + 1M -> rom }
  attach gpu -> low
}
scenario "it" {
  hwpt vm0.plain on gpa for acc
  attach acc -> plain
  attach nic -> gpa
  map gpa 0x8000_0000 + 4K -> ram r
  migrate vm0
  dma acc read 0x1000          => ram[0x1000]
  dma nic read 0x1000          => ram[0x1000]
  dma nic write 0x8000_0000    => fault
  dma gpu read 0x1000          => fault
  replace nic -> plain         => EINVAL
  destroy plain                => EBUSY
}
`;
    assert.deepEqual(
      disagreements(runText(text)).filter((each) => !/U09[5-8]/.test(each)),
      [],
    );
  });

  runs(
    "proves what page tables reach",
    "assert isolated nic, acc",
    "attach nic -> s2",
    "attach acc -> gpa",
    "assert reaches nic -> ram[0x0 + 1G]",
    "assert reaches acc -> ram[0x0 + 1G]",
    "replace acc -> as2",
    "info gpa",
    "info s2",
    "info nic",
    "unmap gpa 0x0..0xffff_ffff_ffff_ffff",
    "unmap gpa 0x0..0xffff_ffff_ffff_ffff",
    "assert isolated nic, acc",
  );

  it("asks for no KVM mapping, since KVM has none", () => {
    const text = `uapi iommufd
cpu { enqcmd  pasid-translation }
iommu vtd { }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind wq0
  ioas gpa { map 0x0 + 1G -> ram }
  hwpt s2 on gpa for wq0 pasid
  attach wq0 pasid 3 -> s2
}
scenario "it" {
  dma wq0 read 0x1000 => ram[0x1000] wire 3
}
`;
    assert.deepEqual(disagreements(runText(text)), []);
  });
});
