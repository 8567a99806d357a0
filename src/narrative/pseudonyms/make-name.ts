/** Readable names of nobody, in the script of the one they stand for, with an ending for a woman or a man. */
import { Choices } from './keyed-draw.js';
import type { NameScript } from './name-scripts.js';

export type NameGender = 'female' | 'male' | 'unknown';
/** What of a name it is; matters where family and given names are made of other signs. */
export type NameRole = 'family' | 'given';

type Pool = readonly [string, ...string[]];
const signs = (text: string): Pool => {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  return [first, ...rest];
};
const letters = (text: string): Pool => {
  const [first = '', ...rest] = [...text.replaceAll(/\s/g, '')];
  return [first, ...rest];
};

/** Names of an alphabet: onset, vowel, coda, onset, ending. */
interface Alphabet {
  readonly onsets: Pool;
  readonly vowels: Pool;
  readonly codas: Pool;
  readonly endings: Readonly<Record<NameGender, Pool>>;
}

const alphabets: Partial<Record<NameScript, Alphabet>> = {
  Latin: {
    onsets: signs(
      'B Br D Dr F Fl G Gr H J K Kl Kr L M N P Pr R S Sel St T Tr V Vr W Y Z Zan Kel Mor Tal Bel Dor Fen Lor Nev',
    ),
    vowels: signs('a e i o u'),
    codas: signs('l n r s m v'),
    endings: {
      female: signs('dena lina mira rika sela tana vessa nelle'),
      male: signs('dor ban mik gan ton vik ren lom'),
      unknown: signs('del kin mer bis tey gil rush nai'),
    },
  },
  Cyrillic: {
    onsets: signs('Б Бр В Г Гр Д Др З К Кр Л М Н П Пр Р С Св Т Тр Ф Ш Яр Вел Мир Рад Тих'),
    vowels: signs('а е и о у'),
    codas: signs('л н р с м в'),
    endings: {
      female: signs('дена лина мира рика села тана веса нила'),
      male: signs('дор бан мик ган тон вик рен лом'),
      unknown: signs('дель кин мер бис тей гиль руш най'),
    },
  },
  Greek: {
    onsets: signs('Β Γ Δ Ζ Θ Κ Κλ Λ Μ Ν Π Πρ Ρ Σ Τ Τρ Φ Χ Μελ Καλ Φιλ'),
    vowels: signs('α ε ι ο'),
    codas: signs('λ ν ρ σ μ'),
    endings: {
      female: signs('δένα λίνα μίρα ρίκα σέλα τάνα'),
      male: signs('δωρος βάνης μίκης γάνος τώνης ρένος'),
      unknown: signs('δελ κιν μερ βις γιλ ρεν'),
    },
  },
};

/** Names of syllables: so many of them, drawn one by one. */
const syllables: Partial<Record<NameScript, { readonly pool: Pool; readonly count: number }>> = {
  Hiragana: {
    pool: letters('あいえかきくけこさすせそたちつてとなにねのはひふほまみむめもやゆよらりるれろわ'),
    count: 4,
  },
  Katakana: { pool: letters('アイエカキクケコサスセソタチテトナニネノハヒフホマミムメモヤユヨラリルレロワ'), count: 4 },
  Arabic: { pool: signs('با بي تا جا دا را زا سا سي شا فا قا كا لا لو ما مي نا نو ها يا'), count: 3 },
  Hebrew: { pool: signs('בא גי דו זא חי טל יו כר לי מו נא סי עו פל צא קי רו שא תו'), count: 3 },
  Devanagari: { pool: signs('का की गा चे जा ता ती दा ना नी पा बा मा मी रा री ला वा शा सा ही'), count: 3 },
  Thai: { pool: signs('กา ขวัญ จิ ชา ดา ตะ ทิ นา บุ ปา พิ มา ยา ระ ลา วา สิ หทัย อา'), count: 3 },
};

const hanFamilies = [
  letters('东南西北青白云星岚沧澜澈朔霁岑寒霜清泠秋松柏梧桐蓝紫丹碧玄素远疏灵空墨竹兰鹤雁鸣溪潭汀洲屿峦崖谷原野川泽渊'),
  letters('篱阙岭渡泊浦坞陌塘汐屿崎岫丘阁榭庭郭梁辕弦笙箫磬瑟筝旌麾橹帆舷楫栈桥垣砚笺翰牍籁霭霏雩霖曦昕晖暄'),
] as const;
const hanGiven = [
  letters('予知亦以若初既未言思念怀望忆闻听问觉悟修景昭昱晗晏晟曜朗朝书礼乐射御诗词歌赋琴棋画茗禾谷粟稷桑麻'),
  {
    female: letters('宁语瑶琳珊瑾璇琪琬妍娴婉姝娉嫣菡萱芷芸茵荷菱薇蔓蕊晴雯霞莹'),
    male: letters('川辰骁峻铎锐铭钧锋衡恒恪慎毅勋励劭劲勉彦彪彬轩辙驰骋翊'),
    unknown: letters('舟遥程野屿桦榆桉楠槿樾淮湛澍濯煦熙燊璞砚祺稚筠翎聿'),
  },
] as const;
const hangulFamilies = signs(
  '남궁 황보 제갈 선우 독고 사공 서문 동방 망절 어금 소봉 강전 장곡 무본 영호 하후 탁발 을지 가람 노을',
);
const hangulGiven = [
  letters('가나다라마바사아자하규도로보소유주태현혜단담'),
  letters('람온솔빛결별봄샘찬건율린월휘겸담비설윤'),
] as const;

/** The name that these bytes choose. A script without signs of its own here gets Latin ones. */
export function makeName(
  bytes: Uint8Array,
  script: NameScript | undefined,
  gender: NameGender,
  role: NameRole,
): string {
  const choose = new Choices(bytes);
  if (script === 'Han')
    return role === 'family'
      ? choose.of(hanFamilies[0]) + choose.of(hanFamilies[1])
      : choose.of(hanGiven[0]) + choose.of(hanGiven[1][gender]);
  if (script === 'Hangul')
    return role === 'family' ? choose.of(hangulFamilies) : choose.of(hangulGiven[0]) + choose.of(hangulGiven[1]);
  const spelled = script && syllables[script];
  if (spelled) return Array.from({ length: spelled.count }, () => choose.of(spelled.pool)).join('');
  const { onsets, vowels, codas, endings } = (script && alphabets[script]) ?? latin;
  const [onset, vowel, coda] = [choose.of(onsets), choose.of(vowels), choose.of(codas)];
  return `${onset}${vowel}${coda}${choose.of(vowels)}${choose.of(endings[gender])}`;
}

const latin = alphabets.Latin as Alphabet;
