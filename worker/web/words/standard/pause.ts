/** A town whose deliveries pause. */
export const pause = {
  title: (town: string) => `${town}の配信は、いまお休みしています`,
  sentence: (town: string) => `${town}の配信は、いまお休みしています。`,
  until: (day: string) => `${day}までの予定です。`,
  unknown: 'いつまでかは、まだ決まっていません。',
  register: 'いまは登録できません。再開してから、もう一度このページを開いてください。',
  done: '登録しました。再開したら、お子さんの時期に合わせた文が届きます。',
  /** To whom texts come from the town. */
  kept: 'お休みのあいだは届きません。登録の内容は残っていて、変えることも、止めることもできます。',
  registered: 'もう登録している方の内容は残っています。変えることも、止めることもできます。',
  ask: 'わからないことは、窓口におたずねください。',
}
