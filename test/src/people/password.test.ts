import { expect, test } from '@jest/globals'

import { passwordProblem } from '../../../src/people/password'

const owner = {
  email: 'hana.suzuki@town.example.jp',
  name: '鈴木 花',
  municipality: 'みほん市',
}

test.each([
  ['', /入れてください/],
  ['   ', /入れてください/],
  [null, /入れてください/],
  [123456789012, /入れてください/],
  [{ $ne: '' }, /入れてください/],
  ['abc', /12 文字以上.*いまは 3 文字/],
  ['himitsu-no', /いまは 10 文字/],
  ['👶🏻👶🏻👶🏻', /いまは 6 文字/],
  ['a'.repeat(129), /128 文字まで/],
  ['aaaaaaaaaaaa', /くり返し/],
  ['abababababab', /くり返し/],
  ['abcde1abcde1', /くり返し/],
  ['abcdefghijkl', /並び/],
  ['lkjihgfedcba', /並び/],
  ['qwertyuiopas', /並び/],
  ['1q2w3e4r5t6y', /並び/],
  ['012345678901', /並び/],
  ['839201746528', /数字と記号だけ/],
  ['password1234', /よく使われる/],
  ['P@ssw0rd2026!', /よく使われる/],
  ['PasswordPassword', /よく使われる/],
  ['admin-admin-2026', /よく使われる/],
  ['welcome-kizuna-2026', /よく使われる/],
  ['kizuna202612', /よく使われる/],
  ['パスワード12345678', /よく使われる/],
  ['hana.suzuki@town.example.jp', /あなたの名前/],
  ['hana-suzuki-1234', /あなたの名前/],
  ['HanaSuzuki2026', /あなたの名前/],
  ['鈴木花鈴木花鈴木花2026', /あなたの名前/],
  ['hana-password', /あなたの名前/],
  ['suzuki-kizuna-2026', /あなたの名前/],
  ['みほん市2026みほん市', /自治体の名前/],
  ['みほん市役所2026みほん', /自治体の名前/],
  ['おはようございます2026', /よく使われる/],
  ['tanakatarou1990', /推測されます/],
  ['yamadahanako2026', /推測されます/],
  ['superman-batman', /推測されます/],
  ['football2026-ok', /推測されます/],
  ['liverpoolfc2019', /推測されます/],
  ['zaq12wsxcde3', /推測されます/],
  ['19900401tanaka', /推測されます/],
  ['ｔａｎａｋａｔａｒｏｕ１９９０', /推測されます/],
])('%j is refused', async (password, expected) => {
  expect(await passwordProblem(password, owner)).toMatch(expected)
})

test.each([
  'himitsu-no-kotoba',
  'kizuna-mihon-123456',
  'つくえ、みかん、くじら、はしご',
  'correct horse battery staple',
  'vT9#qLm2!xRa',
  'あさがおの種を十二粒まく',
  '12時の汽車に乗り遅れる',
])('%s is taken', async (password) => {
  expect(await passwordProblem(password, owner)).toBeNull()
})

test('what is typed to hurt costs little, and nothing when it is too long', async () => {
  await passwordProblem('himitsu-no-kotoba', owner) // the lists are read once
  for (const text of ['passwordword', '🍙', ' ', '1a@!0$', 'a1b2c3d4e5', '@4($1!0|', '1/1/']) {
    const started = performance.now()
    await passwordProblem(`${text.repeat(60).slice(0, 120)}x`, owner)
    expect(performance.now() - started).toBeLessThan(2000) // unbounded it is ten seconds and more
  }
  const started = performance.now()
  await passwordProblem('1a@!0$'.repeat(10_000), owner)
  expect(performance.now() - started).toBeLessThan(50)
})
