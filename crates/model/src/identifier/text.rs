/// What every identifier of one text has: one way in, which is `parse`, and the text out.
macro_rules! one_text {
    ($name:ident, $example:literal) => {
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                Self::parse(text)
            }
        }
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                Self::parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(one: $name) -> Self {
                one.0
            }
        }
        impl $name {
            /// The text in its normal form: the form that is compared.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(withheld)"))
            }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "examples": [$example]})
            }
        }
    };
}
pub(super) use one_text;

/// Takes the separators out that people write into numbers. What is no separator and no digit
/// (or no hexadecimal digit) is named.
///
/// # Errors
/// What the character is, to be put after the text.
pub(super) fn only_digits(text: &str, separators: &[char], radix: u32) -> Result<String, String> {
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_digit(radix) {
            digits.push(c.to_ascii_lowercase());
        } else if !separators.contains(&c) {
            let shown = match crate::is_invisible(c) {
                true => String::new(),
                false => format!(" `{c}`"),
            };
            return Err(format!(
                "it holds the character U+{:04X}{shown}, which no such number has",
                u32::from(c)
            ));
        }
    }
    Ok(digits)
}
