use lagrum_model::Language;
use serde::Serialize;

/// Something that a person reads: a title and a list of blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// In which language.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A heading below the title.
    Heading {
        /// 2 for a section, 3 for a part of one.
        level: u8,
        /// Its words.
        text: Text,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: Text,
    },
    /// Labels and values.
    Fields {
        /// Each label with its value.
        fields: Vec<Field>,
    },
    /// A list.
    List {
        /// The number of its first item, or nothing for bullets.
        first: Option<usize>,
        /// The items, each a list of blocks.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// Its heads and rows.
        table: Table,
    },
    /// Something that must not be overlooked.
    Notice {
        /// How grave it is: [`Ink::Plain`], [`Ink::Good`], [`Ink::Caution`] or [`Ink::Bad`].
        ink: Ink,
        /// Its words.
        text: Text,
    },
    /// Lines shown as they are: a text that is signed, a file.
    Preformatted {
        /// The lines.
        text: String,
    },
    /// A line between two sections.
    Rule,
}

/// A label with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The label.
    pub label: String,
    /// The value, each element on a line of its own.
    pub value: Vec<Text>,
}

/// A table: the first cell of a row names the row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The rows, each with as many cells as there are heads.
    pub rows: Vec<Vec<Text>>,
    /// The columns that may be left out where a page has no room for them, the first one first.
    pub spare: Vec<usize>,
}

/// Words, parts of which may stand out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Span>);

/// Words in one ink.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Their ink.
    pub ink: Ink,
}

/// How words stand out, by what they mean and not by how they look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ink {
    /// Not at all.
    #[default]
    Plain,
    /// The word that a reader looks for first.
    Strong,
    /// What few readers need.
    Quiet,
    /// Granted, whole, done.
    Good,
    /// Waits, withheld, to be looked at.
    Caution,
    /// Refused, passed, not genuine.
    Bad,
}

impl Document {
    /// A document without blocks.
    #[must_use]
    pub fn new(language: Language, title: impl Into<String>) -> Self {
        Self {
            language,
            title: title.into(),
            blocks: Vec::new(),
        }
    }

    /// Adds a section's heading.
    pub fn section(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::Heading {
            level: 2,
            text: text.into(),
        });
    }

    /// Adds the heading of a part of a section.
    pub fn part(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::Heading {
            level: 3,
            text: text.into(),
        });
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::paragraph(text));
    }

    /// Adds something that must not be overlooked.
    pub fn notice(&mut self, ink: Ink, text: impl Into<Text>) {
        let text = text.into();
        self.blocks.push(Block::Notice { ink, text });
    }

    /// Adds labels and values, if there are any.
    pub fn fields(&mut self, fields: Vec<Field>) {
        if !fields.is_empty() {
            self.blocks.push(Block::Fields { fields });
        }
    }

    /// Adds a list with bullets, if it has items.
    pub fn bullets(&mut self, items: Vec<Vec<Block>>) {
        if !items.is_empty() {
            self.blocks.push(Block::List { first: None, items });
        }
    }

    /// Whether `words` stand anywhere in it.
    #[must_use]
    pub fn mentions(&self, words: &str) -> bool {
        self.title.contains(words) || self.blocks.iter().any(|block| block.mentions(words))
    }
}

impl Block {
    /// A paragraph.
    #[must_use]
    pub fn paragraph(text: impl Into<Text>) -> Self {
        Self::Paragraph { text: text.into() }
    }

    fn mentions(&self, words: &str) -> bool {
        let inside = |text: &Text| text.plain().contains(words);
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text } | Self::Notice { text, .. } => {
                inside(text)
            }
            Self::Fields { fields } => fields
                .iter()
                .any(|field| field.label.contains(words) || field.value.iter().any(inside)),
            Self::List { items, .. } => items.iter().flatten().any(|block| block.mentions(words)),
            Self::Table { table } => {
                table.heads.iter().any(|head| head.contains(words))
                    || table.rows.iter().flatten().any(inside)
            }
            Self::Preformatted { text } => text.contains(words),
            Self::Rule => false,
        }
    }
}

impl Field {
    /// A label with one line.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<Text>) -> Self {
        Self::lines(label, vec![value.into()])
    }

    /// A label with several lines.
    #[must_use]
    pub fn lines(label: impl Into<String>, value: Vec<Text>) -> Self {
        Self {
            label: label.into(),
            value,
        }
    }
}

impl Text {
    /// Words in one ink.
    #[must_use]
    pub fn in_ink(ink: Ink, text: impl Into<String>) -> Self {
        Self::default().then(ink, text)
    }

    /// These words, and then others in `ink`.
    #[must_use]
    pub fn then(mut self, ink: Ink, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Span { text, ink });
        }
        self
    }

    /// The words without their ink.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::in_ink(Ink::Plain, text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::in_ink(Ink::Plain, text)
    }
}
