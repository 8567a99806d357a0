/**
 * Words that are names of some people and ordinary words besides. As such they are left only where they are written
 * small, or stand as a word and nothing else can be meant; everywhere else a name is taken for a name.
 */
const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** Names that are words, and what people are called by their calling, age or kin. */
const namesThatAreWords = list(`
  will mark grace may rose hope faith joy art bill bob rob jack frank grant chase hunter summer autumn dawn eve ivy lily
  daisy violet ruby pearl amber jade olive penny patience prudence charity mercy pat sue don drew guy josh ray rich rusty
  sandy victor wade ward woody young king queen prince princess duke earl baron brown black white green gray grey long
  short baker smith cook carter mason miller taylor weaver fisher bishop pope abbott page chance cash chip chuck cliff
  clay cole colt dale dean dick dusty ernest forest forrest gene ginger glen hank harmony hazel heath heather holly
  honey iris jasmine jean jet jim jimmy john june april august joe lance laurel major marina max melody merry miles nick
  noble norm olive opal peace pepper peter pierce poppy precious pump reed rex rhyme robin rocky rod roman rowan rush
  sage savannah scout sky skip sterling stone storm sunny sunday monday friday tad tiny tommy trace trinity trip trust
  van vance viola virginia wren star angel bear bird blue bunny bush butler cat coach cross crystal dash day destiny
  dolly ember ever fawn field fox genesis glory golden hall hart hill house hurt jay jewel justice lake lane lark leaf
  light love lord lucky march martin mayor mike moon north ocean park pony rain red ridge river rivers robe sailor saint
  shepherd singer snow spring stark sterling sweet swan temple tiger true wall water waters wells west winter wolf wood
  woods worth
  man woman boy girl child kid baby lad lady gentleman guy person people mother mom mum father dad sister brother aunt
  uncle son daughter wife husband grandmother grandfather grandma grandpa cousin friend stranger neighbour neighbor guest
  boss chief captain sergeant lieutenant colonel general officer soldier guard policeman police cop detective inspector
  agent doctor nurse patient teacher student pupil professor lawyer judge clerk secretary manager director president
  minister servant maid cook waiter waitress driver pilot sailor farmer worker priest monk nun shaman witch wizard king
  narrator announcer reporter host voice crowd customer client victim killer thief spy boxer dancer actor actress writer
  painter old elder elderly older younger little big first second third one two three four five six new other another
  master servant slave hero villain ghost monster dragon dog horse robot alien computer radio phone television tv`);

/** Never a name by themselves, whoever is tagged so. */
const functionWords = list(`
  a an the and or but of in on at by to from with without for as is are was were be been am do does did has have had i
  you he she it we they me him her us them my your his its our their this that these those who whom whose which what
  all both everyone everybody nobody someone somebody anyone each every some any no not none yes okay
  le la les un une de du des et der die das und von zu den dem el los las y o e il lo gli i di da del della`);

/** What opens or closes a name and stays: it says what somebody is, not who. */
const titles = list(`
  mr mrs ms miss mx dr doctor sir madam dame lady lord king queen prince princess emperor empress captain capt sergeant
  sgt lieutenant lt colonel col major general gen officer agent detective inspector professor prof father sister brother
  mother uncle aunt auntie granny grandma grandpa old young little big saint st jr sr ii iii iv esq phd md
  monsieur madame mademoiselle herr frau fräulein don doña señor señora signor signora pan pani господин госпожа
  van von der den de da di du del della la le el al bin ibn ben abu mac mc o vo os oc off cont contd`);

export const isFunctionWord = (folded: string): boolean => functionWords.has(folded);
export const isTitle = (folded: string): boolean => titles.has(folded.replace(/\.$/, ''));
export const isNameAndWord = (folded: string): boolean => namesThatAreWords.has(folded);

/** Han words for what somebody is; as names they are replaced where only a name can stand, and left in sentences. */
const hanRoles = list(`
  妈妈 爸爸 母亲 父亲 爷爷 奶奶 哥哥 姐姐 弟弟 妹妹 叔叔 阿姨 儿子 女儿 丈夫 妻子 老公 老婆 男人 女人 男孩 女孩 孩子 老人 老师 学生 医生
  护士 警察 律师 老板 经理 司机 服务员 保安 路人 众人 大家 群众 旁白 画外音 皇上 皇后 太后 皇帝 太监 宫女 公主 王爷 王子 大臣 将军 士兵 丫鬟
  仆人 管家 小姐 先生 太太 夫人 少爷 师父 师傅 记者 主持人 客人 店员 秘书 助理 总裁 董事长`);
export const isHanRole = (word: string): boolean => hanRoles.has(word);

const determiner = `(?:[Tt]he|[Aa]n?|my|your|his|her|our|their|its|this|that|these|those|every|some|any|no|each|another)`;
const behindDeterminer = new RegExp(`(?<!\\p{L})${determiner}\\s+(\\p{Ll}{2,})`, 'gu');
const words = /(?<!\p{L})\p{L}[\p{L}\p{M}]+/gu;

/** Which words these texts use as words, and how. */
export interface WordUse {
  /** Written small behind an article or its like. */
  isSurely(folded: string): boolean;
  /** Written small more often than with a capital, where capitals are minded: in texts that begin with one. */
  isMostly(folded: string): boolean;
}

export function wordUseIn(texts: Iterable<string>): WordUse {
  const surely = new Set<string>();
  const balance = new Map<string, number>();
  for (const text of texts) {
    for (const [, word = ''] of text.matchAll(behindDeterminer)) surely.add(word);
    if (!/^\P{L}*\p{Lu}/u.test(text) || !/\p{Ll}/u.test(text)) continue;
    for (const [word] of text.matchAll(words)) {
      const small = word.toLowerCase();
      balance.set(small, (balance.get(small) ?? 0) + (word === small ? 1 : -1));
    }
  }
  return {
    isSurely: (folded) => surely.has(folded),
    isMostly: (folded) => (balance.get(folded) ?? 0) > 0,
  };
}

const opensSentence = /(?:^|[.!?…:;"“”‘([\n—–-]\s*)$/u;
const subject =
  /^\s+(?:i|you|he|she|it|we|they|there|this|that|these|those|the|my|your|his|her|our|their|someone|somebody|anyone|anybody|not)\b/i;
const modals = list('will may');
const months = list('may april june august march');

/** Whether a word in capitals, at this place, is a verb or a month and can be nobody: `Will you …?`, `May 5`. */
export function isSurelyWord(text: string, index: number, length: number, folded: string): boolean {
  const [before, after] = [text.slice(Math.max(0, index - 12), index), text.slice(index + length, index + length + 14)];
  if (modals.has(folded) && opensSentence.test(before) && subject.test(after)) return true;
  return months.has(folded) && (/\b\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+$/i.test(before) || /^\s+\d{1,4}\b/.test(after));
}
