"""The sentences of the demonstration data. Each says first that it is invented.

They name no programme, institution, place or number: nobody shall take one for a fact.
"""

from crmdata.demo.draws import Dice
from crmdata.terms import Modality, State

NARRATIVE = {"es": "Texto inventado de demostración: ", "en": "Invented demonstration text: "}
REASON = {"es": "Motivo inventado de demostración: ", "en": "Invented demonstration reason: "}

ENGLISH_SPEAKING = frozenset({"BLZ", "CAN", "USA"})

UNCHANGED = {
    "es": "Sin cambios desde el último reporte.",
    "en": "No change since the last report.",
}

_OPENINGS = {
    "es": {
        State.NO_INICIADA: (
            "la actividad aún no comienza",
            "el inicio se reprogramó para un período posterior",
            "la actividad está en preparación, todavía sin inicio",
        ),
        State.EN_CURSO: (
            "la actividad continúa según lo previsto",
            "hay avances parciales",
            "se completó una etapa intermedia",
            "el trabajo sigue en marcha, con ajustes al calendario interno",
            "se avanzó con apoyo de varias áreas",
        ),
        State.CUMPLIDA: (
            "se completó lo previsto para el período",
            "el producto se validó y se entregó",
            "la actividad concluyó y sus resultados se compartieron",
        ),
        State.SUSPENDIDA: (
            "la actividad quedó en pausa",
            "el trabajo se detuvo de manera temporal",
        ),
        State.NO_APLICA: (
            "la actividad no corresponde al país en este período",
            "no se prevé trabajo propio en esta actividad",
        ),
    },
    "en": {
        State.NO_INICIADA: (
            "the activity has not begun",
            "the start was moved to a later period",
            "the activity is being prepared and has not started yet",
        ),
        State.EN_CURSO: (
            "the activity continues as planned",
            "there is partial progress",
            "an intermediate stage was completed",
            "work goes on, with changes to the internal schedule",
            "several areas contributed to the progress made",
        ),
        State.CUMPLIDA: (
            "what was planned for the period is complete",
            "the product was validated and delivered",
            "the activity is finished and its results were shared",
        ),
        State.SUSPENDIDA: ("the activity is on hold", "work was stopped for the time being"),
        State.NO_APLICA: (
            "the activity does not concern the country in this period",
            "no work of the country's own is foreseen in this activity",
        ),
    },
}

_DETAILS = {
    "es": {
        1: (
            "se revisaron materiales informativos con niñas, niños y adolescentes",
            "se acordó con autoridades locales cómo seguir en las comunidades de origen",
            "se recogieron buenas prácticas para compartirlas en la región",
            "se definieron responsables de la difusión",
        ),
        2: (
            "se intercambió información con la red consular",
            "se actualizó la lista de puntos focales",
            "se preparó una sesión de formación para personal consular",
            "se revisó el procedimiento con atención al interés superior de la niñez",
        ),
        3: (
            "se revisaron las condiciones de recepción con las áreas responsables",
            "se preparó una propuesta para la coordinación interinstitucional",
            "se recogieron insumos sobre la atención psicosocial",
            "se ordenaron las observaciones recibidas sobre la ruta de atención",
        ),
        4: (
            "se compartieron experiencias de reintegración",
            "se revisó la gestión de casos con las áreas responsables",
            "se preparó un borrador para la consulta interna",
            "se acordaron criterios comunes de seguimiento",
        ),
        5: (
            "se acordó con agencias de cooperación el contenido de la formación",
            "se revisaron los indicadores comunes de registro",
            "se identificaron necesidades de fortalecimiento institucional",
            "se prepararon mensajes contra la discriminación y la xenofobia",
        ),
    },
    "en": {
        1: (
            "information materials were reviewed with children and adolescents",
            "next steps in communities of origin were agreed with local authorities",
            "good practices were collected to be shared in the region",
            "responsibilities for dissemination were settled",
        ),
        2: (
            "information was exchanged with the consular network",
            "the list of focal points was updated",
            "a training session for consular staff was prepared",
            "the procedure was reviewed with regard to the best interests of the child",
        ),
        3: (
            "reception conditions were reviewed with the areas in charge",
            "a proposal for coordination between institutions was prepared",
            "input on psychosocial care was collected",
            "comments received on the care pathway were put in order",
        ),
        4: (
            "experiences of reintegration were shared",
            "case management was reviewed with the areas in charge",
            "a draft was prepared for internal consultation",
            "common criteria for follow-up were agreed",
        ),
        5: (
            "the content of the training was agreed with cooperation agencies",
            "the common indicators for registration were reviewed",
            "needs for institutional strengthening were identified",
            "messages against discrimination and xenophobia were prepared",
        ),
    },
}

_REASONS = {
    "es": {
        State.SUSPENDIDA: (
            "se reorganizan las áreas responsables",
            "se espera la aprobación del presupuesto",
            "se revisa el alcance antes de continuar",
            "falta un acuerdo previo entre instituciones",
        ),
        State.NO_APLICA: (
            "la materia corresponde a otro nivel de gobierno",
            "el país ya cuenta con un instrumento equivalente",
            "la actividad supone condiciones que no se dan en el país",
        ),
    },
    "en": {
        State.SUSPENDIDA: (
            "the areas in charge are being reorganised",
            "approval of the budget is pending",
            "the scope is under review before work goes on",
            "an agreement between institutions is needed first",
        ),
        State.NO_APLICA: (
            "the matter belongs to another level of government",
            "the country already has an equivalent instrument",
            "the activity assumes conditions not found in the country",
        ),
    },
}

CORRECTIONS = {
    "es": ("Corrige el reporte anterior", "Actualiza el reporte anterior con datos del cierre"),
    "en": ("Corrects the earlier report", "Updates the earlier report with the final figures"),
}

_COOPERATION = {
    Modality.TECNICA: (
        "asistencia técnica para definir el procedimiento",
        "acompañamiento técnico en la revisión de documentos",
        "asesoría para el diseño de la propuesta",
    ),
    Modality.FINANCIERA: (
        "aporte financiero para reuniones de trabajo",
        "financiamiento parcial de materiales",
    ),
    Modality.CAPACITACION: (
        "jornadas de capacitación para personal de las instituciones",
        "curso en línea con sesiones de intercambio",
        "formación de personas facilitadoras",
    ),
    Modality.COMUNICACION: (
        "apoyo para la difusión de materiales",
        "diseño de mensajes y piezas de comunicación",
    ),
}

_OBSERVATIONS = {
    "es": (
        "faltan los datos de algunas instituciones, que llegan antes de la próxima reunión",
        "varias actividades se reportan con un criterio nuevo y no se comparan con las anteriores",
        "los reportes pendientes están en consulta con las áreas responsables",
        "un porcentaje menor que el anterior corrige un dato y no significa menos trabajo",
        "parte del trabajo se hizo antes de lo previsto y figura fuera del calendario",
    ),
    "en": (
        "data of some institutions are missing and will arrive before the next meeting",
        "several activities are reported by a new rule and do not compare with those before",
        "the pending reports are being consulted with the areas in charge",
        "a percentage below the one before corrects a figure and does not mean less work",
        "part of the work was done ahead of time and stands outside the calendar",
    ),
}

OBSERVED = 5
"""How many things a country may observe."""

_REQUEST = "se solicita apoyo: "


def language(country: str, draws: Dice) -> str:
    """Return the language in which a country writes this time."""
    return "en" if country in ENGLISH_SPEAKING and draws.chance(0.65) else "es"


def narrative(language: str, state: State, axis: int, draws: Dice) -> str:
    """Return what a report tells."""
    text = draws.one_of(_OPENINGS[language][state])
    if state in (State.EN_CURSO, State.CUMPLIDA):
        details = _DETAILS[language]
        text = f"{text}; {draws.one_of(details.get(axis, details[1]))}"
    return f"{NARRATIVE[language]}{text}."


def unchanged(language: str) -> str:
    """Return the report that nothing has changed, which is a report."""
    return NARRATIVE[language] + UNCHANGED[language]


def reason(language: str, state: State, draws: Dice) -> str:
    """Return why something is suspended or does not apply; empty for the other states."""
    reasons = _REASONS[language].get(state)
    return f"{REASON[language]}{draws.one_of(reasons)}." if reasons else ""


def correction(language: str, text: str, draws: Dice) -> str:
    """Return a narrative that says which report it takes the place of."""
    bare = text.removeprefix(NARRATIVE[language])
    return f"{NARRATIVE[language]}{draws.one_of(CORRECTIONS[language])}: {bare}"


def observation(language: str, subject: int) -> str:
    """Return what a country says beside its figures."""
    return f"{NARRATIVE[language]}{_OBSERVATIONS[language][subject]}."


def cooperation(modality: Modality, draws: Dice, *, requested: bool) -> str:
    """Return what a line of cooperation is about."""
    what = draws.one_of(_COOPERATION[modality])
    return f"{NARRATIVE['es']}{_REQUEST if requested else ''}{what}."
