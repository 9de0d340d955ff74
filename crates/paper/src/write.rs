//! The lines as a PDF file, each with the tag of what it is.

use std::num::NonZeroU16;

use jiff::Timestamp;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope,
    Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, TextDirection};
use krilla::{Document as File, SerializeSettings};
use lagrum_blocks::Document;

use crate::measure::{BOLD, REGULAR};
use crate::set::{HEIGHT, Line, MARGIN, Pages, Role, Thread, WIDTH};
use crate::{PaperError, Sheet};

/// What the file says made it.
const PRODUCER: &str = "Lagrum";

struct Fonts {
    regular: Font,
    bold: Font,
}

pub(crate) fn write(
    document: &Document,
    sheet: &Sheet<'_>,
    set: &Pages,
) -> Result<Vec<u8>, PaperError> {
    let refused = |why: &dyn std::fmt::Debug| PaperError::Writer(format!("{why:?}"));
    let font = |bytes: &'static [u8]| {
        let found = Font::new(bytes.into(), 0);
        found.ok_or_else(|| PaperError::Writer("the typeface cannot be read".into()))
    };
    let fonts = Fonts {
        regular: font(REGULAR)?,
        bold: font(BOLD)?,
    };
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|why| refused(&why))?;
    let mut file = File::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let lines = set.lines.as_slice();
    let pages = lines.iter().map(|line| line.page + 1).max().unwrap_or(1);
    let mut drawn: Vec<(&Line, Identifier)> = Vec::new();
    for page in 0..pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT)
            .ok_or_else(|| PaperError::Writer("the page has no size".into()))?;
        let mut sheet_of_paper = file.start_page_with(settings);
        let mut surface = sheet_of_paper.surface();
        for thread in set.threads.iter().filter(|thread| thread.page == page) {
            draw_thread(&mut surface, thread);
        }
        for line in lines.iter().filter(|line| line.page == page) {
            if line.text.is_empty() {
                continue;
            }
            if line.role == Role::Again {
                let again = Artifact::with_kind(ArtifactType::PaginationOther);
                surface.start_tagged(ContentTag::Artifact(again));
                draw(&mut surface, line, &fonts);
                surface.end_tagged();
                continue;
            }
            let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            draw(&mut surface, line, &fonts);
            surface.end_tagged();
            drawn.push((line, id));
        }
        number(&mut surface, page + 1, pages, &fonts);
        surface.finish();
        sheet_of_paper.finish();
    }
    let language = document.language.as_str();
    file.set_tag_tree(tree(&drawn).with_lang(Some(language.to_owned())));
    file.set_outline(outline(lines));
    file.set_metadata(metadata(document, sheet));
    file.finish().map_err(|why| refused(&why))
}

fn draw(surface: &mut Surface<'_>, line: &Line, fonts: &Fonts) {
    let grey = if line.quiet { 0x50 } else { 0x1c };
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(grey, grey, grey).into(),
        ..Fill::default()
    }));
    let font = if line.bold {
        &fonts.bold
    } else {
        &fonts.regular
    };
    surface.draw_text(
        Point::from_xy(line.x, line.y),
        font.clone(),
        line.size,
        &line.text,
        false,
        TextDirection::Auto,
    );
}

/// A line between rows, which is nothing of what is said.
fn draw_thread(surface: &mut Surface<'_>, thread: &Thread) {
    let (grey, thick) = if thread.dark {
        (0x50, 0.8)
    } else {
        (0xc8, 0.5)
    };
    let Some(line) = Rect::from_xywh(MARGIN, thread.y, WIDTH - 2.0 * MARGIN, thick) else {
        return;
    };
    let mut path = PathBuilder::new();
    path.push_rect(line);
    let Some(path) = path.finish() else { return };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(grey, grey, grey).into(),
        ..Fill::default()
    }));
    surface.draw_path(&path);
    surface.end_tagged();
}

/// The number of the page, which is nothing of the letter.
fn number(surface: &mut Surface<'_>, page: usize, pages: usize, fonts: &Fonts) {
    if pages == 1 {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Footer,
    )));
    let line = Line {
        text: format!("{page} ({pages})"),
        x: WIDTH - MARGIN - 28.0,
        y: HEIGHT - 44.0,
        size: 9.0,
        bold: false,
        quiet: true,
        role: Role::Paragraph,
        block: 0,
        part: 0,
        page: page - 1,
    };
    draw(surface, &line, fonts);
    surface.end_tagged();
}

/// The structure: headings, paragraphs, lists with their items, labels with their values as rows, tables.
fn tree(drawn: &[(&Line, Identifier)]) -> TagTree {
    let mut tree = TagTree::new();
    let mut rest = drawn;
    while let Some((first, _)) = rest.first() {
        let (block, role) = (first.block, first.role);
        let end = rest.iter().position(|(line, _)| line.block != block);
        let (of_block, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        match role {
            Role::Heading(level) => {
                let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
                let title = whole(of_block.iter().map(|(line, _)| *line));
                tree.push(group(Tag::Hn(level, Some(title)), of_block));
            }
            Role::Paragraph => tree.push(group(Tag::P, of_block)),
            Role::Sign | Role::Item => tree.push(list(of_block)),
            Role::Label | Role::Value => tree.push(rows(of_block)),
            Role::Head(_) | Role::Again | Role::Cell(_) => tree.push(table(of_block)),
        }
    }
    tree
}

fn group(tag: impl Into<TagKind>, lines: &[(&Line, Identifier)]) -> TagGroup {
    let children = lines.iter().map(|(_, id)| Node::from(*id)).collect();
    TagGroup::with_children(tag, children)
}

fn of_role(lines: &[(&Line, Identifier)], part: usize, wanted: impl Fn(Role) -> bool) -> Vec<Node> {
    let mine = lines
        .iter()
        .filter(|(line, _)| line.part == part && wanted(line.role));
    mine.map(|(_, id)| Node::from(*id)).collect()
}

fn parts(lines: &[(&Line, Identifier)]) -> std::ops::Range<usize> {
    let last = lines.iter().map(|(line, _)| line.part).max();
    0..last.map_or(0, |last| last + 1)
}

fn list(lines: &[(&Line, Identifier)]) -> TagGroup {
    let mut list = TagGroup::new(Tag::L(ListNumbering::Disc));
    for part in parts(lines) {
        let mut item = TagGroup::new(Tag::LI);
        let sign = of_role(lines, part, |role| role == Role::Sign);
        if !sign.is_empty() {
            item.push(TagGroup::with_children(Tag::Lbl, sign));
        }
        let body = of_role(lines, part, |role| role == Role::Item);
        item.push(TagGroup::with_children(Tag::LBody, body));
        list.push(item);
    }
    list
}

fn rows(lines: &[(&Line, Identifier)]) -> TagGroup {
    let mut table = TagGroup::new(Tag::Table);
    for part in parts(lines) {
        let mut row = TagGroup::new(Tag::TR);
        let label = of_role(lines, part, |role| role == Role::Label);
        let value = of_role(lines, part, |role| role == Role::Value);
        row.push(TagGroup::with_children(
            Tag::TH(TableHeaderScope::Row),
            label,
        ));
        row.push(TagGroup::with_children(Tag::TD, value));
        table.push(row);
    }
    table
}

/// A table: the heads of its columns are header cells, and so is what names each row.
fn table(lines: &[(&Line, Identifier)]) -> TagGroup {
    let columns = lines.iter().filter_map(|(line, _)| match line.role {
        Role::Head(column) | Role::Cell(column) => Some(column + 1),
        _ => None,
    });
    let columns = columns.max().unwrap_or_default();
    let mut table = TagGroup::new(Tag::Table);
    for part in parts(lines) {
        let mut row = TagGroup::new(Tag::TR);
        for column in 0..columns {
            let head = of_role(lines, part, |role| role == Role::Head(column));
            let cell = of_role(lines, part, |role| role == Role::Cell(column));
            row.push(match (head.is_empty(), column) {
                (false, _) => TagGroup::with_children(Tag::TH(TableHeaderScope::Column), head),
                (true, 0) if !cell.is_empty() => {
                    TagGroup::with_children(Tag::TH(TableHeaderScope::Row), cell)
                }
                _ => TagGroup::with_children(Tag::TD, cell),
            });
        }
        table.push(row);
    }
    table
}

fn whole<'l>(lines: impl Iterator<Item = &'l Line>) -> String {
    let text: String = lines.map(|line| line.text.as_str()).collect();
    text.trim().to_owned()
}

/// The headings, to go to.
fn outline(lines: &[Line]) -> Outline {
    let mut outline = Outline::new();
    let mut last = None;
    for line in lines {
        let heading = matches!(line.role, Role::Heading(_));
        if !heading || last == Some(line.block) {
            continue;
        }
        last = Some(line.block);
        let text = whole(lines.iter().filter(|other| other.block == line.block));
        let at = Point::from_xy(line.x, line.y - line.size);
        outline.push_child(OutlineNode::new(text, XyzDestination::new(line.page, at)));
    }
    outline
}

fn metadata(document: &Document, sheet: &Sheet<'_>) -> Metadata {
    let metadata = Metadata::new()
        .title(document.title.clone())
        .language(document.language.as_str().to_owned())
        .authors(vec![sheet.author.to_owned()])
        .creator(PRODUCER.to_owned())
        .producer(PRODUCER.to_owned());
    match sheet.written_at {
        Some(at) => metadata.creation_date(date(at)),
        None => metadata,
    }
}

fn date(at: Timestamp) -> DateTime {
    let at = at.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let small = |value: i8| u8::try_from(value).unwrap_or_default();
    DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
