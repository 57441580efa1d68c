/** Which number goes on the wire for the vPASIDs of each device, as the attaches have it. */
export class Numbers {
  private byDevice = new Map<string, number>();

  /** Goes on with a copy. @returns puts back what there was */
  fork(): () => void {
    const before = this.byDevice;
    this.byDevice = new Map(before);
    return () => {
      this.byDevice = before;
    };
  }

  set(device: number, pasid: number, wire: number): void {
    this.byDevice.set(`${device} ${pasid}`, wire);
  }

  delete(device: number, pasid: number): void {
    this.byDevice.delete(`${device} ${pasid}`);
  }

  /** The number itself for a vPASID that is not attached. */
  get(device: number, pasid: number): number {
    return this.byDevice.get(`${device} ${pasid}`) ?? pasid;
  }
}
