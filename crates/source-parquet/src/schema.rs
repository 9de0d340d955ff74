//! The columns of a file as a tree, and which of them stands under a path.

use std::ops::Range;

use parquet::basic::{ConvertedType, LogicalType, Repetition};
use parquet::schema::types::{SchemaDescriptor, Type};

use crate::value::As;

/// An element of a schema.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// The name as JSON, with the colon behind it.
    pub(crate) key: Vec<u8>,
    pub(crate) kind: Kind,
    /// The level of definition from which on it is there, if it may be absent.
    pub(crate) optional: Option<i16>,
    /// The level of definition from which on it has elements, and the level of repetition of the next of them.
    pub(crate) repeated: Option<(i16, i16)>,
    /// The columns below it.
    pub(crate) columns: Range<usize>,
}

/// What it is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A column.
    Column(As),
    /// Fields by name.
    Fields(Vec<Node>),
    /// What it holds, without a name: the layers that a list and a map have.
    Only(Box<Node>),
}

/// Makes a tree of a schema.
///
/// # Errors
/// What is not read, and what to do.
pub(crate) fn tree(schema: &SchemaDescriptor) -> Result<Node, String> {
    let mut column = 0;
    let root = schema.root_schema();
    let fields = fields(root, (0, 0), &mut column)?;
    Ok(Node {
        name: String::new(),
        key: Vec::new(),
        kind: Kind::Fields(fields),
        optional: None,
        repeated: None,
        columns: 0..column,
    })
}

fn fields(group: &Type, levels: (i16, i16), column: &mut usize) -> Result<Vec<Node>, String> {
    let all: Result<Vec<_>, _> = (group.get_fields().iter())
        .map(|field| node(field, levels, column))
        .collect();
    let all = all?;
    let mut names: Vec<_> = all.iter().map(|node| node.name.as_str()).collect();
    names.sort_unstable();
    if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!(
            "it has two columns with the name `{}`; have the log written with one",
            twice[0]
        ));
    }
    match all.is_empty() {
        true => Err("it has a group without columns; have the log written without it".into()),
        false => Ok(all),
    }
}

fn node(
    element: &Type,
    (mut definition, mut repetition): (i16, i16),
    column: &mut usize,
) -> Result<Node, String> {
    let about = element.get_basic_info();
    let (mut optional, mut repeated) = (None, None);
    match about.repetition() {
        Repetition::REQUIRED => {}
        Repetition::OPTIONAL => {
            definition += 1;
            optional = Some(definition);
        }
        Repetition::REPEATED => {
            (definition, repetition) = (definition + 1, repetition + 1);
            repeated = Some((definition, repetition));
        }
    }
    let (first, levels) = (*column, (definition, repetition));
    let kind = match element {
        Type::PrimitiveType { .. } => {
            *column += 1;
            Kind::Column(As::of(element)?)
        }
        Type::GroupType { .. } => match layers(element, repeated.is_some()) {
            true => {
                let list = only(element).ok_or("it is damaged")?;
                let mut list = node(list, levels, column)?;
                let is_list = annotated(element, &LogicalType::List, &[ConvertedType::LIST]);
                if let (true, Kind::Fields(fields)) = (is_list, &mut list.kind) {
                    let own = format!("{}_tuple", about.name());
                    // A structure by one of these names is the element itself.
                    if fields.len() == 1 && list.name != "array" && list.name != own {
                        list.kind = Kind::Only(Box::new(fields.remove(0)));
                    }
                }
                Kind::Only(Box::new(list))
            }
            false => Kind::Fields(fields(element, levels, column)?),
        },
    };
    let mut key = serde_json::to_vec(about.name()).map_err(|_| "it is damaged")?;
    key.push(b':');
    Ok(Node {
        name: about.name().to_owned(),
        key,
        kind,
        optional,
        repeated,
        columns: first..*column,
    })
}

/// Whether a group is the outer layer of a list or a map.
fn layers(group: &Type, repeated: bool) -> bool {
    let list = annotated(group, &LogicalType::List, &[ConvertedType::LIST]);
    let maps = [ConvertedType::MAP, ConvertedType::MAP_KEY_VALUE];
    let map = annotated(group, &LogicalType::Map, &maps);
    let inner = only(group).map(|inner| inner.get_basic_info().repetition());
    !repeated && (list || map) && inner == Some(Repetition::REPEATED)
}

fn annotated(group: &Type, logical: &LogicalType, converted: &[ConvertedType]) -> bool {
    let about = group.get_basic_info();
    about.logical_type_ref() == Some(logical) || converted.contains(&about.converted_type())
}

fn only(group: &Type) -> Option<&Type> {
    match group.get_fields() {
        [only] => Some(only),
        _ => None,
    }
}

impl Node {
    /// The element under a path through fields (`user.id`), whose parts may have dots themselves. Not through lists.
    ///
    /// # Errors
    /// When two stand under it.
    pub(crate) fn find(&self, path: &str) -> Result<Option<&Self>, String> {
        let Kind::Fields(fields) = &self.kind else {
            return Ok(None);
        };
        let mut found = None;
        for field in fields {
            let rest = path.strip_prefix(field.name.as_str());
            let below = match rest {
                Some("") => Some(field),
                Some(rest) if field.repeated.is_none() => match rest.strip_prefix('.') {
                    Some(rest) => field.find(rest)?,
                    None => None,
                },
                _ => None,
            };
            if below.is_some() && found.is_some() {
                return Err(format!(
                    "two columns stand under `{path}`; have the log written with one"
                ));
            }
            found = found.or(below);
        }
        Ok(found)
    }

    /// What the column is, if it is one that has one value in each row at most.
    pub(crate) fn single(&self) -> Option<&As> {
        match &self.kind {
            Kind::Column(of) if self.repeated.is_none() => Some(of),
            _ => None,
        }
    }
}
