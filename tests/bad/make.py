"""The corpus of bad files: `python -m tests.bad.make` writes them all into tests/bad/files.

Each is what somebody has sent or might send; `expected.toml` beside this file holds what is said
of it in both languages. The files are made anew for every run of the tests, so that bombs and
claims of a million rows need not lie in the repository. The second corpus is of files that look
odd and must be taken.
"""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter

from tests.books import SHEET, book, replaced, report_book, saved, with_parts
from tests.sheets import COOPERATION, REPORT, text_of

Make = Callable[[], bytes]

BAD: dict[str, Make] = {}
"""By file name. A name's ending may lie, as in life."""

GOOD: dict[str, Make] = {}


def csv(*changes: dict[str, str]) -> bytes:
    """Return a CSV with one report for each mapping of changes."""
    return text_of([REPORT | change for change in changes]).encode()


def _add(name: str, make: Make) -> None:
    assert name not in BAD
    BAD[name] = make


def _of_cells() -> None:
    """Put in what is wrong with one cell of a CSV."""
    cells: dict[str, dict[str, str]] = {
        "pais-hon": {"country": "HON"},
        "pais-ajeno": {"country": "COL"},
        "pais-vacio": {"country": ""},
        "actividad-desconocida": {"activity": "IV.9.9"},
        "actividad-sin-linea": {"activity": "1.1"},
        "actividad-de-otra-linea": {"activity": "VL.1.1"},
        "semestre-futuro": {"semester": "2022-2"},
        "semestre-antes-del-plan": {"semester": "2016-2"},
        "semestre-despues-del-plan": {"semester": "2027-1"},
        "semestre-o-mes": {"semester": "2018-02"},
        "semestre-sin-ano": {"semester": "II Semestre"},
        "estado-desconocido": {"state": "casi lista"},
        "estado-parecido": {"state": "en ejecución"},
        "avance-101": {"percent": "101"},
        "avance-negativo": {"percent": "-1"},
        "avance-nan": {"percent": "NaN"},
        "avance-infinito": {"percent": "1e999"},
        "avance-con-guion-bajo": {"percent": "4_5"},
        "avance-de-tanto-a-tanto": {"percent": "45-50"},
        "avance-vacio-en-curso": {"percent": ""},
        "avance-con-no-aplica": {"state": "no_aplica", "percent": "0", "reason": "No procede."},
        "avance-90-cumplida": {"state": "cumplida", "percent": "90", "evidence": "https://a.org"},
        "suspendida-sin-razon": {"state": "suspendida"},
        "fecha-ambigua": {"reported_on": "03/04/2019"},
        "fecha-imposible": {"reported_on": "2019-02-30"},
        "fecha-imposible-en-palabras": {"reported_on": "31 de junio de 2019"},
        "fecha-sin-dia": {"reported_on": "noviembre de 2019"},
        "fecha-de-otro-dia-de-la-semana": {"reported_on": "lunes 15 de noviembre de 2019"},
        "semestre-hecho-mes": {"semester": "feb-19"},
        "estado-negado": {"state": "No cumplida"},
        "razon-guion": {"state": "suspendida", "reason": "-"},
        "fecha-futura": {"reported_on": "2999-01-01"},
        "fecha-antes-del-semestre": {"reported_on": "2017-12-31"},
        "fecha-en-palabras": {"reported_on": "quince de julio"},
        "enlace-javascript": {"evidence": "javascript:alert(1)"},
        "enlace-data": {"evidence": "data:text/html,<script>alert(1)</script>"},
        "enlace-sin-sitio": {"evidence": "servidor.local/actas"},
        "estado-cumplido-en-parte": {"state": "Cumplida (80 %)", "percent": ""},
        "socio-desconocido": {"partners": "OIM y Cruz Roja"},
        "direccion-invertida": {"narrative": "a\u202eb"},
        "celda-larga": {"narrative": "x" * 10_001},
        "dato-de-demostracion": {"data_kind": "demostracion"},
        "sin-cambios-sin-antes": {"unchanged": "sí", "state": "", "percent": "", "narrative": ""},
        "sin-cambios-quizas": {"unchanged": "quizás"},
        "base-que-no-es-numero": {"base": "x"},
        "base-de-otro": {"base": "123456"},
    }
    for name, change in cells.items():
        _add(f"{name}.csv", lambda change=change: csv(change))


def _of_text() -> None:
    """Put in what is wrong with a CSV or JSON as a whole."""
    header = text_of([]).strip()
    _add("vacio.csv", lambda: b"")
    _add("solo-espacios.csv", lambda: b"\r\n  \r\n")
    _add("sin-encabezado.csv", lambda: b"HND,I.1.1,2018-1\nGTM,I.1.1,2018-1\n")
    _add("titulo-encima.csv", lambda: b"Ministerio de Relaciones Exteriores\n" + csv({}))
    _add("falta-una-columna.csv", lambda: csv({}).replace(b",percent", b"").replace(b",45", b""))
    _add("columna-renombrada.csv", lambda: csv({}).replace(b"percent", b"% avance"))
    _add("columna-repetida.csv", lambda: csv({}).replace(b"reason", b"percent"))
    _add("columna-de-mas.csv", lambda: csv({"color": "rojo"}))
    _add("fila-corta.csv", lambda: csv({}) + b"HND,I.1.2,2018-1\n")
    _add("comillas-abiertas.csv", lambda: csv({}) + b'HND,I.1.2,2018-1,en_curso,45,"abierto\n')
    _add("dos-veces-lo-mismo.csv", lambda: csv({}, {"percent": "50"}))
    _add("latin-roto.csv", lambda: csv({}, {"reason": "#"}).replace(b"#", b"\xf1"))
    _add("mas-filas.csv", lambda: csv(*[{}] * 5_001))
    _add("seis-megas.csv", lambda: header.encode() + b"\n" * (6 * 1024 * 1024))
    _add("json-cortado.json", lambda: b'[{"country": "HND", ')
    _add("json-otra-cosa.json", lambda: b'{"datos": 1}')
    _add("json-nombre-dos-veces.json", lambda: b'[{"country": "HND", "country": "GTM"}]')
    _add("json-profundo.json", lambda: b"[" * 100_000)
    _add("json-anidado.json", lambda: json.dumps([REPORT | {"narrative": {"a": 1}}]).encode())
    _add("json-nan.json", lambda: json.dumps([REPORT | {"percent": float("nan")}]).encode())
    reversed_ = COOPERATION | {"semester_to": "2017-2"}
    _add("cooperacion-al-reves.csv", lambda: text_of([reversed_], "cooperation").encode())


def _of_other_kinds() -> None:
    """Put in what is no workbook whatever its name says."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    page = b"<html><head><title>x</title></head><body><table><tr><td>HND</td></tr></table></body>"
    _add("antiguo.xls", lambda: ole)
    _add("antiguo-renombrado.xlsx", lambda: ole)
    _add("con-contrasena.xlsx", lambda: ole + "EncryptedPackage".encode("utf-16-le"))
    _add("pagina-web.xlsx", lambda: page)
    _add("pagina-web.xls", lambda: b"\xef\xbb\xbf<!DOCTYPE html>" + page)
    _add("hoja-xml.xls", lambda: b'<?xml version="1.0"?><Workbook/>')
    _add("informe.pdf", lambda: b"%PDF-1.7\n")
    _add("foto.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(20))
    _add("texto-renombrado.xlsx", lambda: b"Estimados colegas, adjunto el reporte.\n")


def _of_workbooks() -> None:
    """Put in workbooks that are damaged, hostile or unreadable in part."""
    _add("cortado.xlsx", lambda: book()[:-300])
    _add("otro-zip.xlsx", lambda: _zip({"leame.txt": b"hola"}))
    _add("hoja-de-libreoffice.xlsx", lambda: _zip({"content.xml": b"<x/>"}))
    _add("binario.xlsb", lambda: _zip({"xl/workbook.bin": b"x"}))
    _add("xml-roto.xlsx", lambda: with_parts(book(), {SHEET: b"<worksheet><sheetData>"}))
    _add("macros.xlsm", lambda: with_parts(book(), {"xl/vbaProject.bin": b"x"}))
    _add("macros-escondidos.xlsx", lambda: with_parts(book(), {"xl/vbaProject.bin": b"x"}))
    _add("vinculo-externo.xlsx", lambda: with_parts(
        book(), {"xl/externalLinks/externalLink1.xml": b"<x/>"}))  # fmt: skip
    _add("objeto-incrustado.xlsx", lambda: with_parts(book(), {"xl/embeddings/a.bin": b"x"}))
    _add("entidades-xml.xlsx", lambda: with_parts(
        book(), {SHEET: lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part}))  # fmt: skip
    _add("bomba.xlsx", lambda: _bomb(9_000_000, 3))
    _add("bomba-de-proporcion.xlsx", lambda: _bomb(3_000_000, 1))
    _add("setenta-partes.xlsx", lambda: with_parts(
        book(), {f"xl/a{n}.xml": b"<x/>" for n in range(70)}))  # fmt: skip
    _add("muchas-columnas.xlsx", lambda: book(change=lambda b: _put(b, "BA2", "x")))
    _add("filas-fuera-del-rango.xlsx", lambda: with_parts(
        book([tuple(REPORT.values())] * 2), {SHEET: replaced(b"A1:J3", b"A1:J2")}))  # fmt: skip
    _add("hoja-oculta.xlsx", lambda: book(change=lambda b: _hide(b, REPORT)))
    _add("celdas-combinadas.xlsx", lambda: book(
        [tuple(REPORT.values())] * 2, change=lambda b: b.active.merge_cells("F2:F3")))  # fmt: skip
    _add("libro-vacio.xlsx", lambda: saved(openpyxl.Workbook()))
    _add("mucho-texto.xlsx", _much_text)
    _add("titulo-encima.xlsx", lambda: book(header=["Ministerio"], rows=[
        tuple(REPORT), tuple(REPORT.values())]))  # fmt: skip
    _add("formula.xlsx", lambda: book(change=lambda b: _put(b, "E2", "=40+5")))
    _add("formula-de-enlace.xlsx", lambda: book(
        change=lambda b: _put(b, "F2", '=HYPERLINK("http://a.org","x")')))  # fmt: skip
    _add("error-de-formula.xlsx", lambda: report_book(percent="#N/A"))
    _add("codigo-como-numero.xlsx", lambda: report_book(activity=1.1))
    _add("semestre-como-fecha.xlsx", lambda: report_book(semester=date(2018, 2, 1)))
    _add("verdadero-como-avance.xlsx", lambda: report_book(percent=True))
    _add("algo-a-la-derecha.xlsx", lambda: book(change=lambda b: _put(b, "M2", "ojo")))
    _add("doce-errores.xlsx", lambda: report_book(
        country="HON", activity="1.1", semester="2019-03", state="listo", percent=450,
        reason="a\u202eb", evidence="x", partners="IOM;UNESCO",
        reported_on="03/04/2019"))  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _bomb(member_bytes: int, members: int) -> bytes:
    return with_parts(book(), {f"xl/media/{n}.xml": b" " * member_bytes for n in range(members)})


def _put(made: openpyxl.Workbook, place: str, value: object) -> None:
    made.active[place] = value


def _hide(made: openpyxl.Workbook, row: Iterable[str]) -> None:
    sheet = made.create_sheet("oculta")
    sheet.append(list(row))
    sheet.sheet_state = "hidden"


def _much_text() -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet()
        for row in range(300):
            for column in range(10):
                sheet.write_string(row, column, "ñandú" * 2_000)
    return target.getvalue()


def _fill_good() -> None:
    """Put in what a stricter reader would refuse."""
    bom, lines = b"\xef\xbb\xbf", csv({})
    GOOD["con-bom.csv"] = lambda: bom + lines
    GOOD["de-windows.csv"] = lambda: lines.replace(b"\n", b"\r\n")
    GOOD["punto-y-coma.csv"] = lambda: lines.replace(b",", b";")
    GOOD["tabuladores.csv"] = lambda: lines.replace(b",", b"\t")
    GOOD["sep.csv"] = lambda: b"sep=;\r\n" + lines.replace(b",", b";")
    GOOD["cp1252.csv"] = lambda: lines.decode().encode("cp1252")
    GOOD["utf16.csv"] = lambda: lines.decode().encode("utf-16")
    texts = {
        "na": "NA", "vineta": "- viñeta", "formula": "=40+5", "mas": "+cmd|' /C calc'!A0",
        "arroba": "@SUM(A1)", "menos": "-1", "pesos": "costo $5 y $6 millones", "menor": "a < b",
        "comillas": 'dijo "sí"\ny otra línea', "emoji": "👩‍👧 ñ ü k'iche'", "margen": " x ",
    }  # fmt: skip
    for name, text in texts.items():
        GOOD[f"relato-{name}.csv"] = lambda text=text: csv({"narrative": text})
        GOOD[f"relato-{name}.xlsx"] = lambda text=text: report_book(narrative=text)
    for written in ("0", "100", "33.33", "45,5", "45 %", "４５", "33.333", "45 por ciento"):
        GOOD[f"avance-{written}.csv"] = lambda written=written: csv({"percent": written})
    cells = {
        "pais-con-nombre": {"country": "Honduras"},
        "actividad-con-numero-arabigo": {"activity": "4.3.2"},
        "semestre-de-enero": {"semester": "ene-18"},
        "estado-con-la-palabra": {"state": "En Curso"},
        "estado-de-otro-genero": {"state": "Suspendido", "reason": "Cambio de local."},
        "estado-con-su-porcentaje": {"state": "En curso (60 %)", "percent": ""},
        "porcentaje-en-partes": {"percent": "3/4"},
        "enlace-sin-esquema": {"evidence": "www.example.org"},
        "socios-con-y": {"partners": "OIM y UNHCR"},
        "socio-dos-veces": {"partners": "OIM;OIM"},
        "socio-ninguno": {"partners": "Ninguno"},
        "fecha-con-todas-las-palabras": {"reported_on": "viernes 15 de noviembre de 2019"},
        "fecha-con-hora": {"reported_on": "2018-07-15T18:30:00-06:00"},
        "codigo-con-invisibles": {"activity": "I.\u200b1.1", "country": "HND\u200e"},
        "codigo-con-letras-ajenas": {"country": "НND"},
    }
    for name, change in cells.items():
        assert f"{name}.csv" not in BAD
        GOOD[f"{name}.csv"] = lambda change=change: csv(change)
    GOOD["caracter-nulo.csv"] = lambda: csv({"narrative": "a\0b"})
    GOOD["de-dos.csv"] = lambda: csv({"narrative": "Protección"}).decode().encode("cp850")
    GOOD["de-mac.csv"] = lambda: csv({"narrative": "Niñez"}).decode().encode("mac_roman")
    GOOD["millon-de-filas.xlsx"] = lambda: with_parts(
        book(), {SHEET: replaced(b'ref="A1:J2"', b'ref="A1:J1048576"')})  # fmt: skip
    GOOD["ultima-fila.xlsx"] = lambda: book(change=lambda b: _put(b, "A1048576", "x"))
    GOOD["hoja-oculta-sin-tabla.xlsx"] = lambda: book(change=lambda b: _hide(b, ["x"]))
    GOOD["combinadas-bajo-la-tabla.xlsx"] = lambda: book(
        change=lambda b: b.active.merge_cells("A10:B11")
    )
    GOOD["MAYUSCULAS.XLSX"] = book
    GOOD["sin-extension"] = book
    GOOD["fecha-de-excel.xlsx"] = lambda: report_book(reported_on=date(2018, 7, 15))
    GOOD["lista.json"] = lambda: json.dumps([REPORT | {"partners": ["OIM", "UNICEF"]}]).encode()
    GOOD["por-temas.json"] = lambda: json.dumps(
        {"reports": [REPORT], "cooperation": [COOPERATION]}
    ).encode()


for _fill in (_of_cells, _of_text, _of_other_kinds, _of_workbooks, _fill_good):
    _fill()


def write(folder: Path) -> None:
    """Write both corpora into two folders."""
    for name, corpus in (("bad", BAD), ("good", GOOD)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, make in corpus.items():
            (folder / name / file).write_bytes(make())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "files")
