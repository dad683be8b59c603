import { ROLES, type Role } from '../../people/roles'

/** Says whose page it is, and whom to ask: who gives the roles is not sent to themselves. *Pure.* */
export function refusalFor(isAdmin: boolean, roles: readonly Role[]): string {
  const whose = ROLES.filter(({ value }) => roles.includes(value)).map(({ label }) => label)
  const way = isAdmin
    ? '自分でも使うときは、「ユーザー」であなたの役割を足してください。'
    : '必要なときはシステム管理者に相談してください。'
  return `この画面は、あなたの役割では使いません。使うのは、${whose.join('、')}です。${way}`
}
