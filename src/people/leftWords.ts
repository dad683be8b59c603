/** Told to whoever knows the password alone: the door is silent to everybody else. */
export const LEFT_SENTENCE =
  'このアカウントは、退職・異動のため止められています。使う必要があるときは、システム管理者に相談してください。'

/** That somebody has left, told to who looks after the accounts. */
export const LEFT_WORDS =
  '退職・異動のため、止めています。この人はログインできません。氏名は、書いたものや承認の記録に残っています。'
