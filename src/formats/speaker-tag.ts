/** Who speaks, where a subtitle line says so: "MARA: …", "Mara: …", "[Mara] …", "(MARA) …", "玛拉：…". */

export interface SpokenLine {
  /** Without the tag. */
  readonly text: string;
  readonly speakerTag?: string;
}

/** Words before a colon, or in brackets, that look like a name and are none. */
const notNames = new Set(
  `note notes warning caution attention important remember listen look see hear wait question answer example examples
  hint tip step rule rules fact facts result results summary update news breaking headline chapter part scene act
  episode season prologue epilogue day night morning evening date time year today tomorrow yesterday location place
  address subtitle subtitles caption captions subs sync synced translation translated translator transcript
  transcribed corrected edited encoded ripped timing downloaded source credits cast director written produced
  http https www ps nb re fyi ok okay yes no well so and but or now then here there first second third finally also
  because however meaning namely plus minus nota remarque achtung hinweis внимание примечание correction
  reminder surprise spoiler password name age email subject dear case evidence exhibit verdict target distance
  altitude speed temperature level code channel page verse option phase stage round game lesson type size price cause
  previously conclusion problem solution plan mission objective status score total
  music song laughs laughing laughter laughing chuckles chuckling giggles sighs sighing sigh gasps gasping groans
  groaning moans screams screaming shouts shouting yells yelling whispers whispering mutters muttering murmurs
  coughs coughing sneezes sniffs sniffles sobs sobbing cries crying weeps grunts grunting pants panting applause
  cheering cheers silence pause beat continues singing sings humming hums whistling whistles barking growls growling
  roars howls thunder gunshot gunshots explosion phone ringing rings door footsteps knocking knocks static beeping
  beeps sirens siren wind rain indistinct inaudible speaking speaks chatter in on at by to from over both off softly
  quietly loudly sarcastically angrily sadly continued cont 注意 注 备注 備註 附注 时间 時間 地点 地點 字幕 翻译 翻譯 校对 校對 例如
  比如 译者 譯者 原因 结果 結果 问题 問題 答案 标题 標題 电话 電話 地址 音乐 音樂 歌词 歌詞 片名 导演 導演 编剧 編劇 主演 演员 演員 制作 製作
  监制 監製 出品 来源 來源 网址 網址 日期 提示 警告 说明 說明 注释 註釋 总结 總結 注記 音楽 拍手`
    .split(/\s+/)
    .filter(Boolean),
);

/** Who made the subtitles, and numbered parts. */
const credits = /^(?:字幕|翻译|翻譯|校对|校對|第|片头|片頭)/;

/** Verbs of speech end a clause before a quotation: 他说：…, not a name. */
const endsInSaying = /[说說道问問喊叫答曰云是为為有想写寫看]$/;

const westernName = /^\p{Lu}[\p{L}\p{M}\d.'’#\-&/ ]*$/u;
const easternName = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー·・•‧]{1,8}\d{0,2}$/u;

/** Small words that stand inside names and titles. */
const particles = new Set('of the and de da di du del la le van von der den bin al el and y e und et'.split(' '));

/** The lines of a cue by speaker: a tag holds until the next one, or until a dash opens somebody else's line. */
export function speakersOf(text: string): SpokenLine[] {
  const parts: SpokenLine[] = [];
  for (const line of text.split('\n')) {
    const spoken = speakerOf(line);
    const last = parts.at(-1);
    const isAnswer = last?.speakerTag !== undefined && /^[-–—‐]/.test(line);
    if (spoken.speakerTag !== undefined || isAnswer || !last) parts.push(spoken);
    else parts[parts.length - 1] = { ...last, text: `${last.text}\n${spoken.text}`.trim() };
  }
  // A tag with nothing after it was none.
  return parts.map((spoken) => (spoken.text === '' && spoken.speakerTag ? { text: `${spoken.speakerTag}:` } : spoken));
}

/** Takes the speaker's tag off a line, if it has one; the text is empty where a tag stands alone on its line. */
export function speakerOf(line: string): SpokenLine {
  // A dash opens each speaker's line in a dialogue.
  const dashed = /^[-–—‐]\s*(?=\S)/u.exec(line);
  const spoken = dashed ? line.slice(dashed[0].length) : line;
  const found = beforeColon(spoken) ?? inBrackets(spoken);
  return found ?? { text: line };
}

function beforeColon(line: string): SpokenLine | undefined {
  const colon = /^([^:：\n]{1,40}?)\s*(?:[([（【]([^)\]）】]{1,30})[)\]）】]\s*)?([:：])\s*(.*)$/su.exec(line);
  if (!colon) return undefined;
  const [, name = '', manner, sign, text = ''] = colon;
  // 12:30, http://…, and what else has no space after a Latin colon; MAN:What? is a slip for MAN: What?
  const spaced = sign === '：' || text === '' || line.slice(0, -text.length || undefined).endsWith(' ');
  if (!spaced && !(isCapitals(name) && /^[\p{L}"'“‘¿¡-]/u.test(text))) return undefined;
  if (!isName(name)) return undefined;
  // (V.O.) says how the voice comes: it belongs to the tag.
  return { text, speakerTag: manner === undefined ? name : `${name} (${manner})` };
}

function inBrackets(line: string): SpokenLine | undefined {
  const bracketed =
    /^(?:\[([^\]\n]{1,30})\]|\(([^)\n]{1,30})\)|（([^）\n]{1,12})）|【([^】\n]{1,12})】)[:：]?\s*(\S.*)$/su.exec(line);
  if (!bracketed) return undefined;
  const [, square, round, wide, lens, text = ''] = bracketed;
  const name = (square ?? round ?? wide ?? lens ?? '').trim();
  // Round brackets mostly hold what is heard or how; only capitals or East Asian names are people.
  if (round !== undefined && !isCapitals(name) && !easternName.test(name)) return undefined;
  return isName(name) ? { text, speakerTag: name } : undefined;
}

/** A person's name or role, as subtitles write it: few words, each with a capital, none that is known for a label. */
function isName(name: string): boolean {
  if (easternName.test(name)) return !notNames.has(name) && !endsInSaying.test(name) && !credits.test(name);
  if (!westernName.test(name)) return false;
  const words = name.split(/[\s/&]+/).filter(Boolean);
  if (words.length > 4 || words.some((word) => notNames.has(bare(word)) && !particles.has(word))) return false;
  return words.every((word) => /^[\p{Lu}\d#]/u.test(word) || particles.has(word)) && /\p{L}{2}|^\p{Lu}$/u.test(name);
}

const bare = (word: string) => word.toLowerCase().replaceAll(/[^\p{L}\d]/gu, '');

const isCapitals = (name: string) => /^\P{Ll}+$/u.test(name) && /\p{Lu}{2}/u.test(name);
