/** A name taken apart: given names, family names, what is only a title; and what else people with it are called. */

import type { NameRole } from './make-name.js';
import { foldName, isJoined, scriptOf } from './name-scripts.js';
import { isFunctionWord, isHanRole, isTitle } from './ordinary-words.js';

export interface NamePart {
  /** As it is written. */
  readonly text: string;
  readonly role: NameRole;
}

/** Chinese family names, those of two signs first. */
const hanFamilies = `欧阳 司马 诸葛 上官 司徒 东方 独孤 南宫 慕容 令狐 皇甫 尉迟 公孙 长孙 宇文 夏侯 歐陽 諸葛
  佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 清水 山崎 中島 池田 阿部 橋本 石川 前田 藤田 小川 岡田 村上 長谷川 石井 近藤 坂本 遠藤 青木 藤井 西村 福田 太田 三浦
  王 李 张 張 刘 劉 陈 陳 杨 楊 黄 黃 赵 趙 吴 吳 周 徐 孙 孫 马 馬 朱 胡 郭 何 高 林 罗 羅 郑 鄭 梁 谢 謝 宋 唐 许 許 韩 韓 冯 馮 邓 鄧 曹 彭 曾 肖 蕭 田 董 潘 袁 蔡 蒋 蔣 余 于 杜 叶 葉 程 魏 苏 蘇 吕 呂 丁 任 卢 盧 姚 沈 钟 鍾 姜 崔 谭 譚 陆 陸 范 汪 廖 石 金 贾 賈 韦 韋 夏 付 傅 方 邹 鄒 熊 白 孟 秦 邱 侯 江 尹 薛 闫 閻 段 雷 龙 龍 黎 史 陶 贺 賀 毛 郝 顾 顧 龚 龔 邵 万 萬 覃 武 钱 錢 戴 严 嚴 莫 孔 向 常 汤 湯 温 康 施 文 牛 樊 葛 邢 安 齐 齊 易 乔 喬 伍 庞 龐 颜 顏 倪 庄 莊 聂 聶 章 鲁 魯 岳 翟 殷 詹 申 欧 耿 关 關 兰 蘭 焦 俞 左 柳 甘 祝 包 宁 尚 符 舒 阮 柯 纪 梅 童 凌 毕 单 裴 霍 涂 成 苗 谷 盛 曲 翁 冉 骆 蓝 路 游 辛 靳 管 柴 蒙 鲍 华 喻 祁 蒲 房 滕 屈 饶 解 牟 艾 尤 阳 时 穆 农 司 卓 古 吉 缪 简 车 项 连 芦 麦 褚 娄 窦 戚 岑 景 党 宫 费 卜 冷 晏 席 卫 米 柏 宗 瞿 桂 全 佟 应 臧 闵 苟 邬 边 卞 姬 师 和 仇 栾 隋 商 刁 沙 荣 巫 寇 桑 郎 甄 丛 仲 虞 敖 巩 明 佘 池 查 麻 苑 迟 邝`
  .split(/\s+/)
  .toSorted((a, b) => [...b].length - [...a].length);
const hangulFamilies = [
  ...'김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용',
];

/** What stands behind a Chinese or Japanese family name. Longest first. */
const behindFamily =
  `董事长 副总 总裁 总监 经理 主任 老师 老板 先生 小姐 女士 太太 夫人 医生 律师 教授 书记 局长 处长 科长 院长 校长 部长 队长 警官 师傅 师父 同学 公子 少爷 大人 将军 丞相 大夫 会长 秘书 叔叔 阿姨 伯伯 哥哥 姐姐 经纪 家里 府上
  さん くん 君 ちゃん 様 さま 氏 せんせい 先輩
  总 總 工 导 董 局 处 哥 姐 叔 伯 婶 嫂 姨 爷 奶 妈 爸 公 婆 某 氏 家 府 妃 贵人 嫔`
    .split(/\s+/)
    .filter(Boolean)
    .toSorted((a, b) => b.length - a.length);
export const hanTitlePattern = `(?:${behindFamily.join('|')})`;
export const hanBeforePattern = '[老小阿]';

const dense = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+$/u;

/** The parts of a name that say who; none for a name that is all titles or small words. */
export function partsOf(name: string): NamePart[] {
  const plain = name.normalize('NFKC').replaceAll(/\([^)]*\)?|\p{Cf}/gu, ' ');
  const words = plain.split(/[\s,;:&/·・•_"“”]+/).flatMap((word) => {
    const bare = word.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '');
    return bare === '' ? [] : [bare];
  });
  const parts = words.flatMap((word, n): NamePart[] => {
    if (dense.test(word)) return denseParts(word, words.length);
    const role = n > 0 && n === words.length - 1 ? 'family' : 'given';
    const pieces = word.split(/[-‐–]/).filter((piece) => piece !== word);
    return [word, ...pieces]
      .map((text) => text.replaceAll(/\p{N}+$/gu, '').replace(/['’]s$/i, ''))
      .filter((text) => isTelling(text))
      .map((text) => ({ text, role }));
  });
  return parts;
}

function isTelling(text: string): boolean {
  const folded = foldName(text);
  const letters = [...text].filter((sign) => /\p{L}/u.test(sign)).length;
  return letters > 1 && !isTitle(folded) && !isFunctionWord(folded);
}

function denseParts(word: string, wordCount: number): NamePart[] {
  const signs = [...word];
  if (isHanRole(word)) return [{ text: word, role: 'given' }];
  if (/^[\p{Script=Han}々]+$/u.test(word)) {
    const family = hanFamilies.find((known) => word.startsWith(known) && word !== known);
    if (wordCount === 1 && family !== undefined) {
      const given = word.slice(family.length);
      if (new RegExp(`^${hanTitlePattern}$`, 'u').test(given)) return [{ text: family, role: 'family' }];
      return [
        { text: family, role: 'family' },
        { text: given, role: 'given' },
      ];
    }
    const before = new RegExp(`^${hanBeforePattern}(.)$`, 'u').exec(word)?.[1];
    if (before !== undefined) return [{ text: before, role: hanFamilies.includes(before) ? 'family' : 'given' }];
    return [{ text: word, role: hanFamilies.includes(word) ? 'family' : 'given' }];
  }
  if (scriptOf(word) === 'Hangul' && signs.length >= 3 && signs.length <= 4 && wordCount === 1) {
    const [family = '', ...given] = signs;
    if (hangulFamilies.includes(family))
      return [
        { text: family, role: 'family' },
        { text: given.join(''), role: 'given' },
      ];
  }
  const bare = word.replace(/(?:さん|くん|ちゃん|さま)$/u, '');
  return [{ text: bare === '' ? word : bare, role: 'given' }];
}

/** Whether a part is too short to be looked for by itself: one sign of a script that is written without spaces. */
export const needsCompany = (part: string): boolean => isJoined(part) && [...part].length < 2;

/** English short names of one given name, a group a line: calling one calls the other. */
const shortNames = `elizabeth liz lizzie beth betty eliza|robert bob bobby rob robbie|william bill billy will willy liam
richard rick ricky dick richie|james jim jimmy jamie|john johnny jack|michael mike mikey mick|thomas tom tommy
margaret maggie meg peggy|katherine catherine kate katie kathy cathy|charles charlie chuck|edward ed eddie ted teddy ned
joseph joe joey|daniel dan danny|david dave davy|samuel sam sammy|benjamin ben benny|alexander alex sasha|alexandra alex
nicholas nick nicky|anthony tony|andrew andy drew|matthew matt|christopher chris|jennifer jen jenny|jessica jess jessie
susan sue susie|patricia pat patty tricia|patrick pat paddy|victoria vicky tori|rebecca becky|samantha sam|theodore theo ted
frederick fred freddy|gregory greg|henry harry hank|jonathan jon|joshua josh|lawrence larry|leonard leo len|timothy tim timmy
stephen steven steve|peter pete|philip phil|raymond ray|ronald ron ronnie|walter walt|zachary zach zack|abigail abby
amanda mandy|barbara barb|deborah debbie|dorothy dot dottie|eleanor nell ellie|emily em emmy|isabella bella izzy
jacqueline jackie|judith judy|natalie nat|penelope penny|rachel rach|rosemary rosie|sarah sally|theresa tess
мария маша маруся|иван ваня|александр саша шура|александра саша|дмитрий дима митя|екатерина катя|анна аня|ольга оля
михаил миша|николай коля|сергей серёжа|алексей лёша алёша|владимир вова володя|наталья наташа|елена лена|татьяна таня`
  .split(/[|\n]/)
  .map((line) => line.trim().split(' '));

/** What somebody with this given name is called for short, or in full; folded, without the name itself. */
export const alsoCalled = (folded: string): readonly string[] =>
  [...new Set(shortNames.filter((group) => group.includes(folded)).flat())].filter((other) => other !== folded);
