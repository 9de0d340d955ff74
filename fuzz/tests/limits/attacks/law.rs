//! Law packs.

use super::*;

pub(super) fn all() -> Vec<Attack> {
    const RULE: &str = "all/all.cedar\n@id(\"all.all\") @cite(\"none\") @says(\"All.\") @verified(\"unverified; not confirmed by counsel\")\npermit (principal, action == Action::\"disclose\", resource) when { ";
    const ALL: &[Text] = &[
        ("law_packs", "parentheses", RULE, "(", 100_000, ""),
        ("law_packs", "not", RULE, "!", 100_000, "true };\n"),
        ("law_packs", "minus", RULE, "-", 100_000, "1 == 1 };\n"),
        ("law_packs", "and", RULE, "true && ", 50_000, "true };\n"),
        ("law_packs", "plus", RULE, "1 + ", 50_000, "1 == 1 };\n"),
        ("law_packs", "if", RULE, "if true then ", 50_000, ""),
        ("law_packs", "sets", RULE, "[", 100_000, ""),
        (
            "law_packs",
            "attributes",
            RULE,
            "context.a.",
            50_000,
            "a };\n",
        ),
        ("law_packs", "quotes", "all/all.cedar\n", "\"", 100_000, ""),
        (
            "law_packs",
            "annotations",
            "all/all.cedar\n",
            "@id(\"a\") ",
            50_000,
            "",
        ),
        (
            "law_packs",
            "toml-arrays",
            "all/pack.toml\na = ",
            "[",
            500_000,
            "",
        ),
        (
            "law_packs",
            "toml-keys",
            "all/pack.toml\na",
            ".a",
            500_000,
            " = 1",
        ),
        (
            "law_packs",
            "facts",
            "facts.toml\n",
            "[[group]]\n",
            200_000,
            "",
        ),
        (
            "law_packs",
            "clocks",
            "all/clocks.toml\n",
            "[[clock]]\n",
            200_000,
            "",
        ),
        (
            "law_packs",
            "translation",
            "all/sv.ftl\n",
            "a = { ",
            200_000,
            "",
        ),
        (
            "law_packs",
            "translations",
            "all/sv.ftl\n",
            "a = b\n",
            200_000,
            "",
        ),
        (
            "law_packs",
            "too-long",
            "all/all.cedar\n",
            "// x\n",
            4 * MIB + 10,
            "",
        ),
    ];
    of_texts(ALL).collect()
}
