import { deepEqual, equal, throws } from 'node:assert/strict';
import { decodeText } from '../../src/formats/decode-text.js';

const cue = (text: string) => `1\n00:00:01,000 --> 00:00:02,500\n${text}\n`;

/** Text in a legacy encoding, by turning its decoder round. */
function encode(text: string, encoding: string): Uint8Array {
  const bytesOf = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding);
  for (let lead = 0x80; lead <= 0xff; lead++) {
    const single = decoder.decode(Uint8Array.of(lead));
    if (single !== '\uFFFD') bytesOf.set(single, [lead]);
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const double = decoder.decode(Uint8Array.of(lead, trail));
      if (double.length === 1 && double !== '\uFFFD' && !bytesOf.has(double)) bytesOf.set(double, [lead, trail]);
    }
  }
  return Uint8Array.from(
    [...text].flatMap((character) => (character < '\x80' ? [character.charCodeAt(0)] : (bytesOf.get(character) ?? []))),
  );
}

describe('decoding text', () => {
  const chinese = cue('朕是过来人，又岂肯善罢甘休');

  it('follows byte order marks, and tells UTF-8 and UTF-16 without them', () => {
    const wide = Buffer.from(chinese, 'utf16le');
    const turned = Buffer.from(wide).swap16();
    deepEqual(decodeText(Buffer.from(`\uFEFF${chinese}`)), { text: chinese, encoding: 'utf-8' });
    deepEqual(decodeText(Buffer.from(chinese)), { text: chinese, encoding: 'utf-8' });
    deepEqual(decodeText(Buffer.concat([Buffer.of(0xff, 0xfe), wide])), { text: chinese, encoding: 'utf-16le' });
    deepEqual(decodeText(Buffer.concat([Buffer.of(0xfe, 0xff), turned])), { text: chinese, encoding: 'utf-16be' });
    deepEqual(decodeText(wide), { text: chinese, encoding: 'utf-16le' });
    deepEqual(decodeText(turned), { text: chinese, encoding: 'utf-16be' });
  });

  const legacy = {
    gb18030: '朕是过来人\n又有什么不知道的',
    big5: '我們是過來人\n又有什麼不知道的',
    shift_jis: 'こんにちは、世界。\n私は学生です',
    'euc-jp': 'こんにちは、世界。\n私は学生です',
    'euc-kr': '안녕하세요\n나는 몰라요, 어디 가세요?',
    'windows-1250': 'Cześć, jak się masz?\nDziękuję, źle',
    'windows-1251': 'Привет, как дела?\nКуда ты идёшь?',
    'koi8-r': 'Привет, как дела?\nКуда ты идёшь?',
    ibm866: 'Привет, как дела?\nКуда ты идёшь?',
    'windows-1253': 'Καλημέρα, τι κάνεις;\nΔεν ξέρω πού είναι',
    'windows-1254': 'Günaydın, nasılsın?\nŞimdi gidiyorum, ağabey',
    'windows-1256': 'مرحبا، كيف حالك؟\nإلى أين تذهب؟',
    'windows-874': 'สวัสดีครับ คุณเป็นอย่างไร\nไปไหนมา',
  };
  for (const [encoding, text] of Object.entries(legacy))
    it(`reads two lines of ${encoding}`, () => {
      deepEqual(decodeText(encode(cue(text), encoding)), { text: cue(text), encoding });
    });

  it('reads windows-1252 with its quotation marks and dashes, which Node’s decoder loses', () => {
    const bytes = Buffer.concat([
      Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nC'),
      Buffer.from([0x92, ...Buffer.from('est l'), 0x92, 0xe9, 0x74, 0xe9, 0x20, 0x97, 0x20, 0x93, 0xe0, 0x94, 0x85]),
    ]);
    equal(decodeText(bytes).text.split('\n')[2], 'C’est l’été — “à”…');
  });
  it('reads ISO-2022-JP, which looks like ASCII', () => {
    const bytes = Buffer.concat([Buffer.from(cue('')), Buffer.from('\x1b$B$3$s$K$A$O\x1b(B')]);
    equal(decodeText(bytes).text, `${cue('')}こんにちは`);
  });
  it('refuses what it cannot tell, rather than make mojibake of it', () => {
    const refused = { code: 'SUBTITLES_UNREADABLE' };
    throws(() => decodeText(encode(cue('富贵'), 'gb18030')), refused);
    throws(() => decodeText(Uint8Array.from({ length: 900 }, (_, index) => 32 + ((index * 89) % 224))), refused);
    throws(() => decodeText(Buffer.of(0x50, 0x4b, 3, 4, 0, 0, 1, 2, 0x90)), refused);
  });
  it('says where damaged UTF-8 is damaged', () => {
    const bytes = Buffer.from(`${chinese.repeat(5)}${cue('善罢')}`);
    bytes[bytes.length - 3] = 0x41;
    throws(() => decodeText(bytes), { code: 'SUBTITLES_UNREADABLE', message: /line 18/ });
  });
});
