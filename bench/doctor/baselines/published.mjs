// What others published of their tools, on their own runs: beside ours for the eye, not measured here.

export const published = [
  {
    tool: "AUTOTRAINER (ICSE 2021), its own 495 models",
    detection: "no miss claimed",
    diagnosis: "–",
    falseAlarms: "none claimed",
  },
  {
    tool: "DeepDiagnosis on AUTOTRAINER's models",
    detection: "138/203",
    diagnosis: "–",
    falseAlarms: "68/188",
  },
  { tool: "UMLAUT on AUTOTRAINER's models", detection: "–", diagnosis: "–", falseAlarms: "109/113" },
  { tool: "DeepLocalize on AUTOTRAINER's models", detection: "–", diagnosis: "–", falseAlarms: "133/186" },
  { tool: "DeepFD (ICSE 2022), 52 programs", detection: "47/52", diagnosis: "27/52", falseAlarms: "–" },
  { tool: "AUTOTRAINER on DeepFD's 52", detection: "12/52", diagnosis: "10/52", falseAlarms: "–" },
  {
    tool: "DeepDiagnosis (ICSE 2022), 53 programs",
    detection: "46/53",
    diagnosis: "38/53",
    falseAlarms: "–",
  },
  { tool: "DEFault (ICSE 2025), 52 real programs", detection: "0.94", diagnosis: "0.63", falseAlarms: "–" },
];
