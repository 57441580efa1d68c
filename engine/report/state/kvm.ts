import { vmxIndex } from "../../simulator/index.js";
import type { RequiredMapping, VmxSlot } from "../kvm.js";
import { kvmMapStatement } from "../rows/kvm.js";
import { listOf, type Pages, type Source } from "./pages.js";
import type { Reading } from "./reading.js";
import type { GuestItem, KvmMappingItem } from "./types.js";

/** A vPASID of a guest with all that is known of it. */
interface Mapping {
  readonly vpasid: number;
  readonly slot: VmxSlot | undefined;
  readonly needs: readonly RequiredMapping[];
}

/** The guests that have a KVM PASID mapping or need one, in order of declaration. */
export function guestsOf<P>(reading: Reading<P>, pages: Pages): Source<GuestItem<P>> {
  const { machine } = reading;
  const { owners } = machine.platform;
  const indices = [...owners.keys()].filter((index) => reading.kvm.has(owners[index]!.name));
  return listOf(indices, (index) => {
    const { name, origin } = owners[index]!;
    return {
      kind: "guest",
      name,
      translation: machine.owner(index).translation,
      mappings: pages.first(`kvm:${name}`, kvmMappingsOf(reading, name)),
      place: reading.placeOf(origin),
    };
  });
}

/** The mappings of a guest, those that it has and those that it needs, by vPASID. */
export function kvmMappingsOf<P>(reading: Reading<P>, guest: string): Source<KvmMappingItem<P>> {
  const { slots = [], needs = [] } = reading.kvm.get(guest) ?? {};
  return listOf(joined(slots, needs), (mapping) => mappingItem(reading, mapping));
}

function joined(slots: readonly VmxSlot[], needs: readonly RequiredMapping[]): Mapping[] {
  const found = new Map<number, { slot: VmxSlot | undefined; needs: RequiredMapping[] }>();
  for (const slot of slots) found.set(slot.vpasid, { slot, needs: [] });
  for (const need of needs) {
    const known = found.get(need.vpasid);
    if (known) known.needs.push(need);
    else found.set(need.vpasid, { slot: undefined, needs: [need] });
  }
  return [...found].map(([vpasid, mapping]) => ({ vpasid, ...mapping })).sort((a, b) => a.vpasid - b.vpasid);
}

function mappingItem<P>(reading: Reading<P>, { vpasid, slot, needs }: Mapping): KvmMappingItem<P> {
  const missing = needs.find(({ state }) => state === "missing");
  return {
    kind: "kvm-mapping",
    vpasid,
    state: stateOf(needs),
    at: vmxIndex(vpasid),
    slot: slot && {
      ppasid: slot.ppasid,
      space: slot.space,
      directory: slot.directory,
      directoryIndex: slot.directoryIndex,
      tableIndex: slot.tableIndex,
    },
    needs: needs.map(({ device, space, ppasid, origin }) => ({
      device,
      space,
      ppasid,
      place: reading.placeOf(origin),
    })),
    statement: missing && kvmMapStatement(missing),
    place: reading.placeOf(slot?.origin ?? needs[0]!.origin),
  };
}

function stateOf(needs: readonly RequiredMapping[]): KvmMappingItem<never>["state"] {
  if (needs.length === 0) return "unneeded";
  const found = needs.find(({ state }) => state !== "present");
  return found?.state ?? "present";
}
