/** Hosts and owners that the calls below are made on. */
const HOST = `uapi iommufd
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests  reserved 0xfee0_0000 + 1M }
iommu narrow { pasid-width 20  address-width 39 }
iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
iommu other { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
cpu { enqcmd  pasid-translation }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
pdev disk at 3c:00.0 behind vtd { category 0 }
pdev idle at 3d:00.0 behind vtd { category 3  pasid-width 16 }
pdev thin at 3e:00.0 behind narrow { category 3  pasid-width 16 }
pdev acc at 5e:00.0 behind smmu { category 3  pasid-width 16 }
pdev acc2 at 5f:00.0 behind other { category 3  pasid-width 16 }
pdev left at 60:00.0 behind vtd { category 3  pasid-width 16 }
pdev right at 60:00.1 behind vtd { category 3  pasid-width 16 }
group pair { left right }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd  ats  page-requests }
pdev vf at 3b:00.1 { vf of nic  category 3 }
mdev soft on dsa { category 1 }
mdev wq0 on dsa { category 2 }
mdev wq5 on dsa { category 5  queue shared }
pdev bare at 70:00.0 behind vtd { pasid-width 16 }
native host {
  memory heap at 0x5000_0000 + 1G
  sva dsa as 9
  ioas theirs
}
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind nic  bind disk  bind acc  bind acc2  bind left  bind right  bind soft  bind wq0  bind wq5  bind thin  bind vf
  ioas io { map 0x0 + 1G -> ram }
  ioas io2
  ioas high { map 0x80_0000_0000 + 1G -> ram }
  ioas window { map 0xfee0_0000 + 4K -> ram }
  ioas fine { map 0x100 + 0x100 -> ram }
  ioas bad { map 0x0 + 4K -> 0x1000 }
  ioas ro { map 0x0 + 1G -> ram r }
  fault-queue faults
  hwpt rid on io for nic pasid
  hwpt plain on io for nic
  hwpt s2 on io for nic nest-parent
  hwpt gva on s2 for nic pasid fault faults data vtd-s1 { at 0x1000 } { pte 0x7000 + 4K -> 0x3000 }
  hwpt as2 on io for acc nest-parent
  viommu vs on as2 for acc
  hwpt cds on vs for acc data smmuv3
}
`;

/** Each line is a scenario of its own. */
const CALLS: readonly string[] = [
  // Objects.
  "hwpt x on io for idle",
  "hwpt x on gva for nic data vtd-s1",
  "hwpt x on plain for nic data vtd-s1",
  "hwpt x on s2 for nic data amd",
  "hwpt x on io for nic data vtd-s1",
  "hwpt x on io for nic fault io2",
  "hwpt x on io for nic dirty-tracking",
  "hwpt x on high for thin",
  "hwpt x on fine for nic",
  "hwpt x on bad for nic",
  "viommu x on as2 for idle",
  "viommu x on gva for acc",
  "viommu x on plain for acc",
  "viommu x on s2 for nic",
  "vdevice x in vs for idle id 1",
  "vdevice x in io for acc id 1",
  "vdevice x in vs for acc2 id 1",
  "vdevice x in vs for acc id 1  vdevice y in vs for acc id 2",
  "destroy io",
  "destroy io2  destroy io2",
  "destroy host.theirs",
  // Ranges.
  "map gva 0x0 + 4K -> ram",
  "map io2 0x0..0xffff_ffff_ffff_ffff -> 0x0",
  "map io 0x0 + 4K -> ram",
  "map io 0xfee0_0000 + 4K -> ram  attach nic -> plain",
  "attach nic -> plain  map io 0xfee0_0000 + 4K -> ram",
  "map io 0x4000_0100 + 4K -> ram",
  "map io 0x4000_0000 + 4K -> 0x1000",
  "map io2 0x0 + 4K -> host.heap",
  "unmap gva 0x0 + 4K",
  "unmap io 0x0 + 4K",
  "unmap io2 0x0 + 4K",
  "copy gva 0x0 + 4K -> io2 at 0x0",
  "copy io 0x0 + 4K -> gva at 0x0",
  "copy io 0x0 + 4G -> io2 at 0x0",
  "copy io 0x0..0xffff_ffff_ffff_ffff -> io2 at 0x0",
  "copy io 0x0 + 4K -> io at 0x0",
  "copy ro 0x0 + 4K -> io2 at 0x0",
  "copy io2 0x0 + 4K -> io at 0x0",
  "copy io 0x0 + 4K -> io at 0x4000_0100",
  "copy fine 0x100 + 0x100 -> io at 0x4000_0000",
  "copy bad 0x0 + 4K -> io at 0x4000_0000",
  "attach nic -> plain  copy io 0x0 + 4K -> io at 0xfee0_0000",
  "allow-iovas gva 0x0 + 4K",
  "allow-iovas io 0x0..0x0",
  "allow-iovas io 0x0 + 8K, 0x1000 + 4K",
  "attach nic -> plain  allow-iovas io 0xfee0_0000 + 4K",
  "invalidate io",
  "invalidate faults  destroy faults",
  "destroy io2  invalidate io2",
  "destroy io2  info io2",
  "info io  info gva  info vs",
  // Devices.
  "bind nic to vm0",
  "bind bare to vm0",
  "bind dsa to vm0",
  "unbind right  bind right to host",
  "attach idle -> io",
  "replace idle -> io",
  "detach idle",
  "attach nic -> faults",
  "destroy io2  attach nic -> io2",
  "attach nic -> plain  attach nic -> rid",
  "attach nic -> rid  attach nic pasid 7 -> rid  attach nic pasid 7 -> gva",
  "attach nic -> rid  attach nic pasid 7 -> plain",
  "attach nic -> rid  attach nic pasid 7 -> io",
  "attach nic -> rid  attach nic pasid 0x10000 -> rid",
  "attach nic -> plain  attach nic pasid 7 -> rid",
  "attach nic pasid 7 -> rid  attach nic -> plain",
  "attach disk -> rid  attach disk pasid 7 -> rid",
  "attach left -> plain  attach right -> rid",
  "attach nic -> window",
  "attach nic -> fine",
  "attach nic -> bad",
  "attach thin -> high",
  "attach thin -> plain",
  "attach acc -> cds",
  "attach wq0 -> rid",
  "attach wq0 pasid 9 -> rid",
  "attach soft -> gva",
  "attach soft -> fine",
  "replace nic -> io",
  "attach nic -> plain  replace nic -> faults",
  "destroy io2  attach nic -> plain  replace nic -> io2",
  "attach nic -> plain  replace nic -> window",
  "attach nic -> plain  replace nic -> fine",
  "attach nic -> plain  replace nic -> bad",
  "attach thin -> io  replace thin -> high",
  "attach thin -> io  replace thin -> plain",
  "attach acc -> as2  replace acc -> cds",
  "attach nic -> rid  attach nic pasid 7 -> rid  replace nic pasid 7 -> plain",
  "attach nic -> rid  attach nic pasid 7 -> rid  replace nic pasid 7 -> io",
  "attach nic -> rid  attach nic pasid 7 -> rid  replace nic -> plain",
  "attach soft -> io  replace soft -> fine",
  "attach soft -> io  replace soft -> gva",
  "attach wq0 pasid 3 -> rid  replace wq0 -> rid",
  // What the interface has not, and what stays as it is.
  "kvm map vm0 pasid 7 -> gva",
  "kvm unmap vm0 pasid 7",
  "kvm translation vm0 on",
  "ioasid vm0.x",
  "free io2",
  "bind-pgtable gva  unbind-pgtable gva",
  "register ram  unregister ram",
  "respond io 0x0 success",
  "respond faults 0x0 success",
  "pte io 0x0 + 4K -> 0x0",
  "pte host.theirs 0x0 + 4K -> 0x0",
  "pte gva 0x1 + 4K -> 0x0",
  "destroy io2  pte io2 0x0 + 4K -> 0x0",
  "pte cds 0x0 + 4K -> 0x0  entry cds 5 -> cds  entry cds 0x10_0000 -> cds",
  "entry gva 5 -> cds",
  "entry cds 5 -> io",
  "destroy io2  entry io2 5 -> cds",
  "hwpt vm0.q on io for vf fault faults  attach vf -> io  replace vf -> q  destroy q",
  "replace nic pasid 0x8000_0000 -> io",
  "migrate host",
  "attach nic -> gva  dma nic read 0x9000  migrate vm0",
];

/** Objects of iommufd under an interface that has none. */
const OTHERS = `uapi v2
iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa
  ioas a
  fault-queue b
  hwpt c on a for nic
  viommu d on c for nic
  vdevice e in d for nic id 1
  copy gpa 0x0 + 4K -> a at 0x0
  allow-iovas gpa 0x0 + 4K
  replace nic -> gpa
  destroy gpa
}
`;

/** Files whose calls iommufd refuses, each for its own reason. */
export const IOMMUFD_WITNESSES: readonly string[] = [
  HOST + CALLS.map((steps, at) => `scenario "${at}" { ${steps} }\n`).join(""),
  OTHERS,
];
