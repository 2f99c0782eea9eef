/** A message for the ear, in one language. */
export interface Speech {
  /** The voice to read it with, BCP 47, such as `de-DE`. */
  locale: string;
  /** What is said, sentence by sentence. */
  sentences: readonly string[];
  /** What the listener may press, said after the message and waited for; undefined: nothing is asked. */
  menu?: string;
}
