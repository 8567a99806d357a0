/** Marks for embeddings and for groups of faces. */

/** A face with whose it is; `shot` tells in which shot it stands. */
export interface KnownFace {
  readonly who: string;
  readonly shot: number;
  readonly vector: Float32Array;
}

/**
 * Probability that two faces of one person lie nearer than two of different ones (area under the ROC curve); pairs
 * within a shot are left out when `acrossShots`, since hardly anything changes there.
 */
export function verificationAuc(faces: readonly KnownFace[], acrossShots: boolean): number {
  const same: number[] = [];
  const different: number[] = [];
  for (const [index, a] of faces.entries())
    for (const b of faces.slice(index + 1)) {
      if (acrossShots && a.shot === b.shot) continue;
      const product = a.vector.reduce((sum, value, at) => sum + value * (b.vector[at] ?? 0), 0);
      (a.who === b.who ? same : different).push(product);
    }
  let wins = 0;
  for (const near of same) for (const far of different) wins += near > far ? 1 : near === far ? 0.5 : 0;
  return wins / (same.length * different.length);
}

/** A labelled face and the group that it was put into, if any. */
export interface GroupedFace {
  readonly who: string;
  readonly group: number | undefined;
}

export interface GroupScore {
  /** Share of the grouped faces that belong to whom most of their group belongs to. */
  readonly purity: number;
  /** Groups that belong to a main person, for each of them on average. */
  readonly fragments: number;
  /** Main persons who have a group of their own. */
  readonly mainFound: number;
  /** Share of the labelled faces that are in a group at all. */
  readonly coverage: number;
  readonly groups: number;
}

export function scoreGroups(faces: readonly GroupedFace[], main: readonly string[]): GroupScore {
  const counts = new Map<number, Map<string, number>>();
  for (const { who, group } of faces) {
    if (group === undefined) continue;
    const members = counts.get(group) ?? new Map<string, number>();
    counts.set(group, members.set(who, (members.get(who) ?? 0) + 1));
  }
  const owners = [...counts.values()].map((members) => {
    const [owner = '', most = 0] = [...members].toSorted((a, b) => b[1] - a[1])[0] ?? [];
    return { owner, most };
  });
  const grouped = faces.filter(({ group }) => group !== undefined).length;
  const owned = main.map((who) => owners.filter(({ owner }) => owner === who).length);
  return {
    purity: owners.reduce((sum, { most }) => sum + most, 0) / Math.max(1, grouped),
    fragments: owned.reduce((sum, count) => sum + count, 0) / Math.max(1, owned.filter((count) => count > 0).length),
    mainFound: owned.filter((count) => count > 0).length,
    coverage: grouped / Math.max(1, faces.length),
    groups: counts.size,
  };
}
