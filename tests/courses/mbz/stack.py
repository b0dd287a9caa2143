"""A question of STACK as the backup of Moodle has it (qtype_stack 2018 and 2024)."""

from tests.courses.mbz.making import fields

OPTIONS_2018: dict[str, object] = {
    "stackversion": "2018080600",
    "questionvariables": "n:rand(7)-1;\n theta:pi*n;",
    "specificfeedback": "[[feedback:prt1]]",
    "specificfeedbackformat": 1,
    "questionnote": r"\(\theta={@theta@}<1\)",
    "questionsimplify": 1,
    "assumepositive": 0,
    "assumereal": 0,
    "prtcorrect": "<span>Верно</span>",
    "prtcorrectformat": 1,
    "prtpartiallycorrect": "Отчасти",
    "prtpartiallycorrectformat": 1,
    "prtincorrect": "Нет",
    "prtincorrectformat": 1,
    "multiplicationsign": "dot",
    "sqrtsign": 1,
    "complexno": "i",
    "inversetrig": "cos-1",
    "logicsymbol": "lang",
    "matrixparens": "[",
    "variantsselectionseed": "",
}
OPTIONS_2024: dict[str, object] = {
    **OPTIONS_2018,
    "stackversion": "2024072500",
    "questionnoteformat": 1,
    "questiondescription": "О чём вопрос",
    "questiondescriptionformat": 1,
    "decimals": ".",
    "scientificnotation": "*10",
    "isbroken": 0,
}
INPUT: dict[str, object] = {
    "name": "ans1",
    "type": "algebraic",
    "tans": "theta",
    "boxsize": 15,
    "strictsyntax": 1,
    "insertstars": 0,
    "syntaxhint": "",
    "syntaxattribute": 0,
    "forbidwords": "",
    "allowwords": "",
    "forbidfloat": 1,
    "requirelowestterms": 0,
    "checkanswertype": 0,
    "mustverify": 1,
    "showvalidation": 1,
    "options": "",
}
NODE: dict[str, object] = {
    "nodename": 0,
    "answertest": "AlgEquiv",
    "sans": "ans1",
    "tans": "theta",
    "testoptions": "",
    "quiet": 0,
    "truescoremode": "=",
    "truescore": "1.0000000",
    "truepenalty": None,
    "truenextnode": -1,
    "trueanswernote": "RIGHT",
    "truefeedback": "",
    "truefeedbackformat": 1,
    "falsescoremode": "=",
    "falsescore": "0.0000000",
    "falsepenalty": None,
    "falsenextnode": -1,
    "falseanswernote": "WRONG",
    "falsefeedback": "<p>@@PLUGINFILE@@/граф.png</p>",
    "falsefeedbackformat": 1,
}


def stack(options: dict[str, object] = OPTIONS_2018, *, node: int = 61) -> str:
    """Return the part of the plug-in."""
    tree = fields(name="prt1", value="1.0", autosimplify=1, feedbackvariables="v:1;")
    test = fields(testcase=1, timemodified=1)
    if "decimals" in options:
        test += fields(description="Верный ответ")
    return (
        f'<stackoptions id="1">{fields(**options)}</stackoptions><stackinputs>'
        f'<stackinput id="2">{fields(**INPUT)}</stackinput></stackinputs><stackprts>'
        f'<stackprt id="3">{tree}<firstnodename>0</firstnodename><stackprtnodes>'
        f'<stackprtnode id="{node}">{fields(**NODE)}</stackprtnode></stackprtnodes>'
        f'</stackprt></stackprts><stackqtests><stackqtest id="4">{test}'
        "<stackqtestinputs><stackqtestinput>"
        f"{fields(inputname='ans1', value='theta')}</stackqtestinput>"
        "</stackqtestinputs><stackqtestexpecteds><stackqtestexpected>"
        + fields(
            prtname="prt1",
            expectedscore="1.0",
            expectedpenalty=None,
            expectedanswernote="RIGHT",
        )
        + "</stackqtestexpected></stackqtestexpecteds></stackqtest></stackqtests>"
        f"<stackdeployedseeds><stackdeployedseed>{fields(seed=7)}</stackdeployedseed>"
        "</stackdeployedseeds>"
    )
