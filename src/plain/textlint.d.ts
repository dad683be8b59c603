// These rules come without types; each module is the rule or has it as its default.
declare module 'textlint-rule-max-ten'
declare module 'textlint-rule-no-double-negative-ja'
declare module 'textlint-rule-sentence-length'
