/**
 * The assignment of rows to columns, each to one at most, that is worth most (the Hungarian method, in the form of
 * shortest augmenting paths; n²m steps). Pairs worth 0 are left unassigned. Worths are whole numbers ≥ 0.
 */
export function assignOneToOne(worths: readonly (readonly number[])[]): [row: number, column: number][] {
  const columns = worths[0]?.length ?? 0;
  if (worths.length > columns) return assignOneToOne(transposed(worths, columns)).map(([row, column]) => [column, row]);
  // Prices of rows and columns, from 1; column 0 holds the row that is being placed.
  const rowPrice = new Float64Array(worths.length + 1);
  const columnPrice = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= worths.length; row++) {
    rowOf[0] = row;
    const slack = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const reachedFrom = new Int32Array(columns + 1);
    const isUsed = new Uint8Array(columns + 1);
    let column = 0;
    do {
      isUsed[column] = 1;
      const placed = rowOf[column] as number;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let other = 1; other <= columns; other++) {
        if (isUsed[other]) continue;
        const cost =
          -(worths[placed - 1]?.[other - 1] ?? 0) - (rowPrice[placed] as number) - (columnPrice[other] as number);
        if (cost < (slack[other] as number)) {
          slack[other] = cost;
          reachedFrom[other] = column;
        }
        if ((slack[other] as number) < step) {
          step = slack[other] as number;
          next = other;
        }
      }
      for (let other = 0; other <= columns; other++)
        if (isUsed[other]) {
          const owner = rowOf[other] as number;
          rowPrice[owner] = (rowPrice[owner] as number) + step;
          columnPrice[other] = (columnPrice[other] as number) - step;
        } else slack[other] = (slack[other] as number) - step;
      column = next;
    } while (rowOf[column] !== 0);
    for (let free = column; free !== 0; free = reachedFrom[free] as number)
      rowOf[free] = rowOf[reachedFrom[free] as number] as number;
  }
  const assigned: [number, number][] = [];
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column] as number;
    if (row > 0 && (worths[row - 1]?.[column - 1] ?? 0) > 0) assigned.push([row - 1, column - 1]);
  }
  return assigned.sort(([a], [b]) => a - b);
}

const transposed = (worths: readonly (readonly number[])[], columns: number): number[][] =>
  Array.from({ length: columns }, (_, column) => worths.map((row) => row[column] ?? 0));
