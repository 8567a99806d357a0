/** Words that a film names its makers with; a line that is no more than a role, or a role and a name, is a credit. */
const roles = [
  /\b(directed|written|produced|edited|created|designed|composed|performed|presented|choreographed|photographed) by\b/i,
  /^\W*(a film by|starring|introducing|based on the|story by|screenplay|music by|original music|cinematography|director of photography|casting|costume design(er)?|production design(er)?|film editor|visual effects|(executive |co-|associate |line )?producers?|written and directed)\b/i,
  /^(总?导演|总?编剧|总?制片人?|总?监制|出品人?|联合出品|领衔主演|主演|摄影指导|剪辑指导|美术指导|作曲|原著)/,
];

export const isCredit = (text: string): boolean => roles.some((role) => role.test(text.trim()));

/** A maker's mark: an address on the web, or a name on a network. */
const address = /^@[\w.]+$|\bwww\.|\b[\w-]+\.(com|net|org|tv|io)\b/i;
export const isAddress = (text: string): boolean => address.test(text.trim());

/**
 * Two to four names in a row and nothing that ends a sentence: what cast lists are made of, and few subtitles. In
 * capitals two at most, since whole subtitles may be.
 */
const names = /^\p{Lu}[\p{L}'’-]*\.?(?: (?:de|da|van|von|\p{Lu}[\p{L}'’-]*\.?)){1,3}$/u;
const inCapitals = /^[^\p{Ll} ]+( [^\p{Ll} ]+){2,}$/u;
export const isName = (text: string): boolean => {
  const line = text.trim();
  return names.test(line) && !/[.!?]$/.test(line) && !inCapitals.test(line);
};
