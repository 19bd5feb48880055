/** `hex8_2p_v42` of hex8_2p reads as v42 where the config is named beside it. */
export function withoutConfig(model: string, config: string): string {
  return model.startsWith(`${config}_`) ? model.slice(config.length + 1) : model;
}
