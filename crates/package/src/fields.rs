//! The fields of a row, each value as it is written.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// The most fields of a row, and of all rows of a file together.
pub const FIELDS_LIMIT: usize = 1000;
/// The longest name of a field, in bytes.
pub const FIELD_NAME_LIMIT: usize = 1 << 10;

/// The fields of a row in their order, no name twice. A value is the text that the store holds, byte
/// for byte: a number of any length keeps its digits, an object its repeated names.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, Box<RawValue>)>);

impl Fields {
    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), &**value))
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        let field = self.0.iter().find(|(one, _)| one == name);
        field.map(|(_, value)| &**value)
    }
}

impl<'a> FromIterator<(&'a str, &'a RawValue)> for Fields {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a RawValue)>>(fields: I) -> Self {
        let owned = |(name, value): (&str, &RawValue)| (name.to_owned(), value.to_owned());
        Self(fields.into_iter().map(owned).collect())
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the fields of a row")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Fields, A::Error> {
                let mut fields: Vec<(String, Box<RawValue>)> = Vec::new();
                let mut names = std::collections::HashSet::new();
                while let Some((name, value)) = access.next_entry::<String, Box<RawValue>>()? {
                    if name.len() > FIELD_NAME_LIMIT {
                        return Err(A::Error::custom("the name of a field is longer than 1 KiB"));
                    }
                    if !names.insert(name.clone()) {
                        return Err(A::Error::custom("a field occurs twice"));
                    }
                    if names.len() > FIELDS_LIMIT {
                        return Err(A::Error::custom("it has more than 1000 fields"));
                    }
                    fields.push((name, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_pass_through_to_the_byte() {
        let text = r#"{"n":340282366920938463463374607431768211455,"d":0.12345678901234567890,"e":1E+2,"o":{"ip":"a","ip":"b"},"s":"\u00e5\/\ud800","z":-0}"#;
        let fields: Fields = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&fields).unwrap(), text);
        assert_eq!(fields.get("e").unwrap().get(), "1E+2");
        assert!(serde_json::from_str::<Fields>(r#"{"a":1,"\u0061":2}"#).is_err());
    }
}
