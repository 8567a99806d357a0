/**
 * How likely bytes are a text in a given legacy encoding: a small Bayesian model. Each reading of the bytes is a
 * language in an encoding; its log likelihood adds up over the characters, whose probabilities come from the rank of
 * the language's own letters (Zipf's law), and in East Asian languages from their most frequent characters and the
 * national standards' sets of common ones, which ICU's decoders hold.
 */

/** A language as one encoding writes it. */
export interface LegacyReading {
  readonly encoding: string;
  readonly language: string;
  /** Natural log of a character's probability among non-ASCII characters of such text; undefined for strangers. */
  readonly logProbability: (character: string) => number | undefined;
  /** Whether Latin letters stand inside its words. */
  readonly mixesWithLatin: boolean;
}

/** Letters beyond ASCII, most frequent first, of languages written in Latin script. */
const latin = {
  fr: 'éèàêçùîôâûïœë',
  de: 'üäöß',
  es: 'áóíéñ¿¡úü',
  pt: 'ãçáéóíêõâúàô',
  it: 'èàòùéì',
  nl: 'ëéïöèüó',
  'da/no': 'åøæéò',
  'sv/fi': 'äåöé',
  is: 'ðáíþéóöúæý',
  ca: 'àéèóòíçïú·ü',
  sq: 'ëç',
  pl: 'ęąłśóżćńź',
  cs: 'áíěéřčýžšůúťňóď',
  sk: 'áíéčžýšúľťóôňäďĺŕ',
  hu: 'éáőöíóüúű',
  ro: 'ăîâşţ',
  'ro (comma)': 'ăîâșț',
  'hr/sl': 'čšžćđ',
  tr: 'ıüşçöğİâ',
  lt: 'ėšžųįąūčę',
  lv: 'āīēšūņļķģčž',
  et: 'äõüöšž',
} as const;

const cyrillic = {
  ru: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
  uk: 'оаинівертслкдумпязьгбчхйїжєшюцщфґ',
  bg: 'аоеинтрсвлкдпмуязъгбчщжхцйшюьф',
  sr: 'аоиенртсјкувлдмпзгбшчцжћхњђфљџ',
} as const;

const greek = 'αοιετσνηυρπκμλωςγδθάόίχέήφύβώξζψϊϋ';
const hebrew = 'יוהלאמרתבשנכדעחפקםגצזטסןךףץ';
const arabic = 'اليمونرتبةعدسفهكقحجشطصخضذثئزءؤغىآأإ،؟پچگک';
const thai = 'านรอกเงมยลวดทสตะปบคหแจพชขใไโผ่้ิัี์ืุูำถซศณธษภญฎฐฒฉฬฟฝฮ็ๆ';

/** Punctuation that every code page shares. */
const westernPunctuation = '’…“”‘–—«»„¿¡°©€£·½™®';
const easternPunctuation = '，。？！、：；“”‘’（）《》〈〉…—·～〜　「」『』【】♪ー－％＆．';

// The most frequent characters of modern prose and speech, in no particular order.
const frequentSimplified =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔爱吧吗呢啊哪谁怎谢请快找错叫喜欢妈爸哥弟姐妹朋友死杀朕臣您';
const frequentTraditional =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運筆愛吧嗎呢啊哪誰怎謝請快找錯叫喜歡媽爸哥弟姐妹朋友殺朕臣您';
const frequentKanji =
  '人一日大年出本中子見国言上分生手自行者二間事思時気会十家女三前的方入小地合後目長場代私下立部学物月田何来彼話体動社知理山内同心発高実作当新世今書度明五戦力名金性対意用男主通関文屋感郎業定政持道外取所現最化四先民身不口川東相法全聞情野考向平成軍開教経信近以語面連問原顔正機九次数美回表声報要変神記和引治決太込受解市期様活頭組指説能葉流然初在調笑議直夜選権利制続石進伝加助点産務件命番落付得好違殺置返論楽際歳反形光首勝必係由愛都放確過約馬状想官交米配若資常果呼武共計残判役城他術支両乗止任歩死逃待食飲帰';
const frequentHangul =
  '이다는을가에고의지로하한은도를나기자사어리서아해인그대시만라게있일수니정들아거야보여면과제주전상내요안오네무장우원마조구부소성와으까습데저너말음왜런신모것래없당비동경생공국중될위두세때방진금선미실알간갈건분못연더계할발람군반된같려문드스트었했았였죠봐줘겠잖좋죽';

/** A stranger is not impossible: a misprint, a name. */
export const strangerLogProbability = Math.log(1e-6);

/** Every reading that is weighed, built once. */
export function legacyReadings(): readonly LegacyReading[] {
  readings ??= buildReadings();
  return readings;
}
let readings: readonly LegacyReading[] | undefined;

function buildReadings(): LegacyReading[] {
  const alphabets = (encoding: string, languages: Readonly<Record<string, string>>) =>
    Object.entries(languages).map(([language, letters]) => alphabet(encoding, language, letters));
  const { fr, de, es, pt, it, nl, is, ca, sq, pl, cs, sk, hu, ro, tr, lt, lv, et } = latin;
  const nordic = { 'da/no': latin['da/no'], 'sv/fi': latin['sv/fi'] };
  const { ru, uk, bg, sr } = cyrillic;
  return [
    ...alphabets('windows-1252', { fr, de, es, pt, it, nl, is, ca, sq, ...nordic }),
    ...alphabets('windows-1250', { pl, cs, sk, hu, ro, 'hr/sl': latin['hr/sl'] }),
    ...alphabets('iso-8859-2', { pl, cs, sk, hu, ro, 'hr/sl': latin['hr/sl'] }),
    ...alphabets('iso-8859-16', { ro: latin['ro (comma)'] }),
    ...alphabets('windows-1254', { tr }),
    ...alphabets('windows-1257', { lt, lv, et }),
    ...alphabets('windows-1251', { ru, uk, bg, sr }),
    ...alphabets('koi8-r', { ru }),
    ...alphabets('koi8-u', { uk }),
    ...alphabets('ibm866', { ru }),
    ...alphabets('iso-8859-5', { ru, sr }),
    ...alphabets('windows-1253', { el: greek }),
    ...alphabets('iso-8859-7', { el: greek }),
    ...alphabets('windows-1255', { he: hebrew }),
    ...alphabets('windows-1256', { ar: arabic }),
    ...alphabets('windows-874', { th: thai }),
    ...eastAsian(),
  ];
}

function alphabet(encoding: string, language: string, letters: string): LegacyReading {
  const table = new Map<string, number>();
  const ranked = [...letters];
  const total = ranked.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0);
  for (const [rank, letter] of ranked.entries()) {
    const probability = (0.9 * (1 / (rank + 1))) / total;
    table.set(letter, Math.log(probability));
    const capital = letter.toUpperCase();
    if (capital !== letter && capital.length === 1) table.set(capital, Math.log(probability / 12));
  }
  for (const [rank, mark] of [...westernPunctuation].entries())
    if (!table.has(mark)) table.set(mark, Math.log(0.02 / (rank + 1)));
  return { encoding, language, logProbability: (character) => table.get(character), mixesWithLatin: false };
}

function eastAsian(): LegacyReading[] {
  const simplified = rowsOf('gb18030', 0xb0, 0xd7);
  const traditional = big5Common();
  const kanji = rowsOf('euc-jp', 0xb0, 0xcf);
  const hangul = rowsOf('euc-kr', 0xb0, 0xc8);
  const japanese: readonly (readonly [Iterable<string>, number])[] = [
    [characters(0x3041, 0x3094), 0.5],
    [characters(0x30a1, 0x30f7), 0.12],
    [frequentKanji, 0.15],
    [kanji, 0.13],
  ];
  const hans = [[frequentSimplified, 0.55] as const, [simplified, 0.36] as const];
  const hant = [[frequentTraditional, 0.55] as const, [traditional, 0.36] as const];
  return [
    ideographic('gb18030', 'zh-Hans', hans),
    ideographic('gb18030', 'zh-Hant', hant),
    ideographic('big5', 'zh-Hant', hant),
    ideographic('shift_jis', 'ja', japanese),
    ideographic('euc-jp', 'ja', japanese),
    ideographic('euc-kr', 'ko', [
      [frequentHangul, 0.6],
      [hangul, 0.31],
    ]),
  ];
}

/** Sets of characters with the share of the text that each makes up, the most telling set first. */
function ideographic(
  encoding: string,
  language: string,
  shares: readonly (readonly [Iterable<string>, number])[],
): LegacyReading {
  const table = new Map<string, number>();
  for (const [set, share] of [...shares, [easternPunctuation, 0.08] as const]) {
    const members = new Set(set);
    for (const member of members) if (!table.has(member)) table.set(member, Math.log(share / members.size));
  }
  return { encoding, language, logProbability: (character) => table.get(character), mixesWithLatin: true };
}

/** The characters of rows (first bytes) of a 94×94 standard: where national standards keep the common ones. */
function rowsOf(encoding: string, firstRow: number, lastRow: number): string {
  const bytes: number[] = [];
  for (let row = firstRow; row <= lastRow; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell);
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes)).replaceAll(/[\uFFFD\uE000-\uF8FF]/g, '');
}

/** The 5,401 common characters of Big5. */
function big5Common(): string {
  const bytes: number[] = [];
  for (let row = 0xa4; row <= 0xc6; row++)
    for (let cell = 0x40; cell <= 0xfe; cell++)
      if ((cell <= 0x7e || cell >= 0xa1) && row * 256 + cell <= 0xc67e) bytes.push(row, cell);
  return new TextDecoder('big5').decode(Uint8Array.from(bytes)).replaceAll('\uFFFD', '');
}

const characters = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => String.fromCharCode(from + index));
