/** How well somebody knows a skill: 1 has seen it, 3 does it alone, 5 teaches it. */
export const lowestLevel = 1;
export const highestLevel = 5;

/** The level of a skill that is named without one, by whoever has it and by whoever needs it. */
export const plainLevel = 3;

/** Skills as they are named: words, and the level of those for which one was given. */
export interface NamedSkills {
  skills: readonly string[];
  skillLevels?: Readonly<Record<string, number>>;
}

/** The level at which a skill is named; null where it is not named at all. */
export function levelOf({ skills, skillLevels }: NamedSkills, skill: string): number | null {
  if (!skills.includes(skill)) return null;
  return skillLevels && Object.hasOwn(skillLevels, skill) ? (skillLevels[skill] ?? plainLevel) : plainLevel;
}
