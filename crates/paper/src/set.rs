//! Where each line of a document stands.

use lagrum_blocks::{Block, Document, Field};

use crate::PaperError;
use crate::measure::Faces;

mod table;

/// A4, in points.
pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;
pub(crate) const MARGIN: f32 = 71.0;
const TOP: f32 = 76.0;
const BOTTOM: f32 = HEIGHT - 78.0;
const BODY: f32 = 11.0;
const LABELS: f32 = 138.0;
const BULLET: f32 = 16.0;

/// What a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A heading of this level, from 1.
    Heading(u16),
    Paragraph,
    /// The sign of an item of a list.
    Sign,
    /// A paragraph of an item.
    Item,
    Label,
    Value,
    /// The head of this column of a table.
    Head(usize),
    /// A head again, at the top of another page: nothing that a reader has not had.
    Again,
    /// The cell of a table in this column; that of the first names the row.
    Cell(usize),
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) x: f32,
    /// The line on which it stands, from the top.
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) quiet: bool,
    pub(crate) role: Role,
    /// Which block of the document it is of; the title is the first.
    pub(crate) block: usize,
    /// Which item, field or row of that block.
    pub(crate) part: usize,
    pub(crate) page: usize,
}

/// A thin line between two rows of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Thread {
    pub(crate) page: usize,
    pub(crate) y: f32,
    /// Whether it stands below the heads.
    pub(crate) dark: bool,
}

/// What stands on the pages.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub(crate) lines: Vec<Line>,
    pub(crate) threads: Vec<Thread>,
}

struct Setting<'f> {
    faces: &'f Faces,
    pages: Pages,
    page: usize,
    y: f32,
    block: usize,
}

/// How a piece of text is set.
#[derive(Clone, Copy)]
struct Look {
    x: f32,
    room: f32,
    size: f32,
    bold: bool,
    quiet: bool,
    role: Role,
    part: usize,
}

/// Sets a document, line by line.
pub(crate) fn set(document: &Document, faces: &Faces) -> Result<Pages, PaperError> {
    let mut setting = Setting {
        faces,
        pages: Pages::default(),
        page: 0,
        y: TOP,
        block: 0,
    };
    setting.heading(&document.title, 1, 18.0)?;
    for block in &document.blocks {
        setting.block += 1;
        setting.block(block)?;
    }
    Ok(setting.pages)
}

impl Look {
    fn body(role: Role) -> Self {
        Self {
            x: MARGIN,
            room: WIDTH - 2.0 * MARGIN,
            size: BODY,
            bold: false,
            quiet: false,
            role,
            part: 0,
        }
    }
}

impl Setting<'_> {
    fn block(&mut self, block: &Block) -> Result<(), PaperError> {
        match block {
            Block::Heading { level, text } => {
                self.space(8.0);
                let (level, size) = if *level > 2 { (3, 11.0) } else { (2, 13.0) };
                self.heading(&text.plain(), level, size)
            }
            Block::Paragraph { text } | Block::Notice { text, .. } => {
                self.text(&text.plain(), Look::body(Role::Paragraph))?;
                self.space(6.0);
                Ok(())
            }
            Block::Fields { fields } => self.fields(fields),
            Block::List { items, .. } => self.list(items),
            Block::Preformatted { text } => {
                let look = Look {
                    x: MARGIN + BULLET,
                    room: WIDTH - 2.0 * MARGIN - BULLET,
                    ..Look::body(Role::Paragraph)
                };
                self.text(text, look)?;
                self.space(6.0);
                Ok(())
            }
            Block::Table { table } => self.table(table),
            Block::Rule => Ok(()),
        }
    }

    fn heading(&mut self, text: &str, level: u16, size: f32) -> Result<(), PaperError> {
        // A heading does not end a page.
        if self.y + size + 3.0 * leading(BODY) > BOTTOM {
            self.turn();
        }
        let look = Look {
            size,
            bold: true,
            ..Look::body(Role::Heading(level))
        };
        self.text(text, look)?;
        self.space(if level == 1 { 10.0 } else { 4.0 });
        Ok(())
    }

    fn fields(&mut self, fields: &[Field]) -> Result<(), PaperError> {
        for (part, field) in fields.iter().enumerate() {
            let (page, top, from) = (self.page, self.y, self.pages.lines.len());
            let label = Look {
                room: LABELS - 12.0,
                size: 10.0,
                quiet: true,
                part,
                ..Look::body(Role::Label)
            };
            self.text(&field.label, label)?;
            let (after, labelled) = (self.y, self.pages.lines.len());
            if self.page != page {
                // The label went over to the next page; its value stands beside it there.
                self.y = self.pages.lines[from].y - leading(label.size);
            } else {
                self.y = top;
            }
            let value = Look {
                x: MARGIN + LABELS,
                room: WIDTH - 2.0 * MARGIN - LABELS,
                part,
                ..Look::body(Role::Value)
            };
            let whole: Vec<_> = field.value.iter().map(lagrum_blocks::Text::plain).collect();
            self.text(&whole.join("\n"), value)?;
            // A label stands on the line of the value beside it.
            if let (Some(first), Some(second)) = (
                self.pages.lines.get(labelled).cloned(),
                self.pages.lines.get_mut(from),
            ) && first.page == second.page
            {
                second.y = first.y;
            }
            self.y = self.y.max(after);
            self.space(2.0);
        }
        self.space(10.0);
        Ok(())
    }

    fn list(&mut self, items: &[Vec<Block>]) -> Result<(), PaperError> {
        for (part, item) in items.iter().enumerate() {
            if self.y + leading(BODY) > BOTTOM {
                self.turn();
            }
            let texts = item.iter().filter_map(|block| match block {
                Block::Paragraph { text } => Some(text.plain()),
                _ => None,
            });
            let (mut first, boxed) = (true, item.first().is_some_and(is_box));
            for text in texts {
                if first && !boxed {
                    let top = self.y;
                    let sign = Look {
                        part,
                        ..Look::body(Role::Sign)
                    };
                    self.text("•", sign)?;
                    self.y = top;
                }
                let look = Look {
                    x: MARGIN + BULLET,
                    room: WIDTH - 2.0 * MARGIN - BULLET,
                    part,
                    quiet: !first,
                    ..Look::body(Role::Item)
                };
                first = false;
                self.text(&text, look)?;
            }
            self.space(3.0);
        }
        self.space(6.0);
        Ok(())
    }

    fn text(&mut self, text: &str, look: Look) -> Result<(), PaperError> {
        let lines = self.faces.lines(text, look.size, look.bold, look.room)?;
        for text in lines {
            if self.y + leading(look.size) > BOTTOM {
                self.turn();
            }
            self.y += leading(look.size);
            self.pages.lines.push(Line {
                text,
                x: look.x,
                y: self.y,
                size: look.size,
                bold: look.bold,
                quiet: look.quiet,
                role: look.role,
                block: self.block,
                part: look.part,
                page: self.page,
            });
        }
        Ok(())
    }

    fn turn(&mut self) {
        self.page += 1;
        self.y = TOP;
    }

    fn space(&mut self, points: f32) {
        if self.y > TOP {
            self.y += points;
        }
    }
}

/// A box of a form stands in the place of a bullet.
fn is_box(block: &Block) -> bool {
    let Block::Paragraph { text } = block else {
        return false;
    };
    let text = text.plain();
    text.starts_with("[ ] ") || text.starts_with("[x] ")
}

/// From one line to the next, in points.
fn leading(size: f32) -> f32 {
    size * 1.36
}
