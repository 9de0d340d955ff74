//! Filters as operators write them (RFC 4515), with `:identifier` where the name goes.

use rasn::types::SetOf;
use rasn_ldap::{AttributeValueAssertion, Filter};

/// What stands where the name goes.
const IDENTIFIER: &str = ":identifier";

/// How deep conditions may lie within each other.
const DEEPEST: usize = 16;

/// A filter that was read, with the places where the name goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Present(String),
    Equals(String, Vec<u8>),
    /// The attribute is the name.
    Named(String),
}

impl Template {
    /// Reads a filter.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (filter, rest) = filter(text, 0)?;
        if !rest.is_empty() {
            return Err("goes on behind its last bracket; write one filter, in brackets".into());
        }
        match filter.always_named() {
            true => Ok(filter),
            false => Err(format!(
                "does not compare with `{IDENTIFIER}` in each of its branches, so that it would give everybody; write for example (mail={IDENTIFIER})"
            )),
        }
    }

    /// Whether nothing is found by it but what has the name.
    fn always_named(&self) -> bool {
        match self {
            Self::And(all) => all.iter().any(Self::always_named),
            Self::Or(any) => !any.is_empty() && any.iter().all(Self::always_named),
            Self::Named(_) => true,
            Self::Not(_) | Self::Present(_) | Self::Equals(..) => false,
        }
    }

    /// The attributes that are compared with the name.
    pub(crate) fn named(&self) -> Vec<&str> {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().flat_map(Self::named).collect(),
            Self::Not(not) => not.named(),
            Self::Named(attribute) => vec![attribute],
            Self::Present(_) | Self::Equals(..) => Vec::new(),
        }
    }

    /// The filter for a name; for none: that which finds whoever has one.
    pub(crate) fn filled(&self, name: Option<&str>) -> Filter {
        let equals = |attribute: &str, value: &[u8]| {
            let value = value.to_vec().into();
            Filter::EqualityMatch(AttributeValueAssertion::new(attribute.into(), value))
        };
        let each = |all: &[Self]| {
            let all = all.iter().map(|one| one.filled(name));
            SetOf::from_vec(all.collect())
        };
        match self {
            Self::And(all) => Filter::And(each(all)),
            Self::Or(any) => Filter::Or(each(any)),
            Self::Not(not) => Filter::Not(Box::new(not.filled(name))),
            Self::Present(attribute) => Filter::Present(attribute.as_str().into()),
            Self::Equals(attribute, value) => equals(attribute, value),
            Self::Named(attribute) => match name {
                Some(name) => equals(attribute, name.as_bytes()),
                None => Filter::Present(attribute.as_str().into()),
            },
        }
    }
}

fn filter(text: &str, deep: usize) -> Result<(Template, &str), String> {
    if deep > DEEPEST {
        return Err(format!(
            "has more than {DEEPEST} brackets within each other"
        ));
    }
    let inside = text
        .strip_prefix('(')
        .ok_or("has no bracket where a condition begins")?;
    let (template, rest) = match inside.as_bytes().first() {
        Some(b'&') => {
            let (all, rest) = list(&inside[1..], deep)?;
            (Template::And(all), rest)
        }
        Some(b'|') => {
            let (any, rest) = list(&inside[1..], deep)?;
            (Template::Or(any), rest)
        }
        Some(b'!') => {
            let (not, rest) = filter(&inside[1..], deep + 1)?;
            (Template::Not(Box::new(not)), rest)
        }
        _ => {
            let end = inside.find(')').ok_or("has a bracket that is not closed")?;
            (condition(&inside[..end])?, &inside[end..])
        }
    };
    let rest = rest
        .strip_prefix(')')
        .ok_or("has a bracket that is not closed")?;
    Ok((template, rest))
}

fn list(mut text: &str, deep: usize) -> Result<(Vec<Template>, &str), String> {
    let mut all = Vec::new();
    while text.starts_with('(') {
        let (one, rest) = filter(text, deep + 1)?;
        all.push(one);
        text = rest;
    }
    match all.is_empty() {
        true => Err("has & or | without a condition".into()),
        false => Ok((all, text)),
    }
}

fn condition(text: &str) -> Result<Template, String> {
    let (attribute, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{}`: write attribute=value", text.escape_debug()))?;
    if !is_attribute(attribute) {
        return Err(format!(
            "`{}`: only the condition attribute=value is known, and attribute=*",
            text.escape_debug()
        ));
    }
    let attribute = attribute.to_owned();
    if value == IDENTIFIER {
        return Ok(Template::Named(attribute));
    }
    if value == "*" {
        return Ok(Template::Present(attribute));
    }
    if value.contains(IDENTIFIER) {
        return Err(format!(
            "`{}`: `{IDENTIFIER}` stands alone behind the equals sign",
            text.escape_debug()
        ));
    }
    unescaped(value).map(|value| Template::Equals(attribute, value))
}

/// A value, each `\XX` of which is a byte.
fn unescaped(value: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'*' | b'(' => {
                return Err(format!(
                    "`{}`: a value has no * and no brackets but as \\2a, \\28 and \\29",
                    value.escape_debug()
                ));
            }
            b'\\' => {
                let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
                let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
                bytes.push(byte.ok_or("has a backslash without two digits (RFC 4515)")?);
                rest = &after[2..];
            }
            other => bytes.push(*other),
        }
    }
    Ok(bytes)
}

/// Whether it is the name of an attribute.
pub(crate) fn is_attribute(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|byte| byte.is_ascii_alphanumeric())
        && name.len() <= 256
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"-;.".contains(&byte))
}
