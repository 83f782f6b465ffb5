/** What the measured fidelity lets us say of the pixels: a key of words, and their values. */
export function summariseFidelity(fidelity) {
  if (typeof fidelity?.kept !== "boolean") return null;
  const { kept, identical, scale, expected, broken = [] } = fidelity;
  // Nothing to compare is no proof, and no reproach.
  if (broken.includes("core")) return null;
  if (!kept) return { kind: "warning", key: "proof.changed" };
  if (expected === "structure") return { kind: "proof", key: "proof.structure" };
  if (scale !== 1) return { kind: "proof", key: "proof.resized", share: scale };
  // Rounded down: 99.97 % is not all.
  const share = Math.floor(identical * 1000) / 1000;
  return { kind: "proof", key: identical === 1 ? "proof.kept" : "proof.most", share };
}
