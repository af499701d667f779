import { BlockWriter, type SealedBlock } from "./block_writer.ts";
import type { MessageBlock } from "./message_block.ts";

/**
 * One block of the messages of several, which are in order and fit into one. `null`: none is kept.
 *
 * @param keeps whether the message at `at` stays; all do unless given
 */
export function repack(
  blocks: readonly MessageBlock[],
  keeps: (at: number) => boolean = () => true,
): SealedBlock | null {
  const writer = new BlockWriter();
  for (const block of blocks) {
    for (let at = 0; at < block.count; at++) {
      if (!keeps(at)) continue;
      if (!writer.append(block.seqAt(at), block.at(at))) {
        throw new RangeError(`Cannot pack ${blocks.length} blocks into one: they are too large`);
      }
    }
  }
  return writer.seal();
}
