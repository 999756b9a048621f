/** Gives every row of a merge the value of the merge's first cell, as the person saw it who merged them. */
import { bounds, type Cell, FileFaultError, type SheetRow } from './sheet';

interface Place {
  readonly column: number;
  readonly row: number;
}

/** A merge: its first and its last cell. */
export interface Merge {
  readonly from: Place;
  readonly to: Place;
}

/** Fills rows, which come in order. */
export class MergedCells {
  private readonly waiting: Merge[];
  private open: { merge: Merge; cell: Cell | undefined }[] = [];

  constructor(merges: readonly Merge[]) {
    // The next one last, where it is cheap to take.
    this.waiting = [...merges].sort((a, b) => b.from.row - a.from.row);
  }

  /** The row with the values of the merges that reach into it. */
  fill(row: SheetRow): SheetRow {
    this.open = this.open.filter(({ merge }) => merge.to.row >= row.number);
    for (let next = this.waiting.at(-1); next && next.from.row <= row.number; next = this.waiting.at(-1)) {
      this.waiting.pop();
      const cell = next.from.row === row.number ? row.cells[next.from.column] : undefined;
      if (next.to.row >= row.number) this.open.push({ merge: next, cell });
    }
    if (this.open.length === 0) return row;
    if (this.open.length > bounds.columns)
      throw new FileFaultError('合并单元格互相重叠，无法读取', row.number);
    const cells = [...row.cells];
    for (const { merge, cell } of this.open) {
      for (let column = merge.from.column; column <= merge.to.column && column < bounds.columns; column++) {
        cells[column] = cell;
      }
    }
    return { ...row, cells };
  }
}
