import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver-protocol/node";

/** One end of a channel. */
export interface End {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

/** A way between a client and a server in one process, over which messages go as they would over a wire. */
export class Channel {
  /** Messages that have gone over it, in both directions. */
  count = 0;
  readonly client: End;
  readonly server: End;

  constructor() {
    const [toClient, toServer] = [new Reader(), new Reader()];
    const counted = (): void => {
      this.count += 1;
    };
    this.client = { reader: toClient, writer: new Writer(toServer, counted) };
    this.server = { reader: toServer, writer: new Writer(toClient, counted) };
  }
}

class Reader extends AbstractMessageReader implements MessageReader {
  private callback: DataCallback | undefined;
  private readonly early: Message[] = [];

  listen(callback: DataCallback): Disposable {
    this.callback = callback;
    for (const message of this.early.splice(0)) callback(message);
    return { dispose: () => undefined };
  }

  deliver(message: Message): void {
    if (this.callback) this.callback(message);
    else this.early.push(message);
  }
}

class Writer extends AbstractMessageWriter implements MessageWriter {
  constructor(
    private readonly reader: Reader,
    private readonly counted: () => void,
  ) {
    super();
  }

  async write(message: Message): Promise<void> {
    this.counted();
    // What JSON does not have does not arrive.
    this.reader.deliver(JSON.parse(JSON.stringify(message)));
  }

  end(): void {
    this.dispose();
  }
}
